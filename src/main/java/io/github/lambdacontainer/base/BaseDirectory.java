package io.github.lambdacontainer.base;

/**
 * Mode and owner of a directory of the base that are not the usual 0755 of root, so that a layer on top keeps them.
 *
 * @param mode permission bits, such as 01777
 * @param owner numeric {@code uid:gid}
 */
public record BaseDirectory(int mode, String owner) {}
