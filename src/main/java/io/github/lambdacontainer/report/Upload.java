package io.github.lambdacontainer.report;

/**
 * What it took to bring an image into a registry.
 *
 * @param unchanged whether every tag named the image before
 * @param present how many blobs the registry had
 * @param mounted how many blobs another repository of the registry gave
 * @param uploaded how many blobs were sent
 * @param bytes how many bytes of blobs were sent
 */
public record Upload(boolean unchanged, int present, int mounted, int uploaded, long bytes) {}
