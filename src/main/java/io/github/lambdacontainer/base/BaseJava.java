package io.github.lambdacontainer.base;

/**
 * The Java runtime of a base image.
 *
 * @param executable the absolute path of {@code java} in the image
 * @param feature its feature version, such as 21
 */
public record BaseJava(String executable, int feature) {}
