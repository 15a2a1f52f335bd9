package io.github.lambdacontainer.image;

/**
 * A layer that is put on top of the base: a gzip-compressed tar.
 *
 * @param name what the layer holds, as people read it, such as {@code dependencies}
 * @param digest the digest of the compressed bytes
 * @param size the size of the compressed bytes
 * @param diffId the digest of the uncompressed tar
 * @param uncompressedSize the size of the uncompressed tar in bytes
 */
public record Layer(String name, Digest digest, long size, Digest diffId, long uncompressedSize) {}
