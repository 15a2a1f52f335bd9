package io.github.lambdacontainer.image;

/**
 * A layer of the base image.
 *
 * @param descriptor what names its blob
 * @param diffId the digest of its uncompressed tar
 */
public record BaseLayer(Descriptor descriptor, Digest diffId) {}
