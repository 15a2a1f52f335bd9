package io.github.lambdacontainer.registry;

/**
 * What a push did.
 *
 * @param unchanged whether every tag named this image before
 * @param present how many blobs the target had
 * @param mounted how many blobs another repository of the registry gave
 * @param uploaded how many blobs were sent
 * @param bytes how many bytes of blobs were sent
 */
public record PushedImage(boolean unchanged, int present, int mounted, int uploaded, long bytes) {}
