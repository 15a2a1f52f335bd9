package io.github.lambdacontainer.image;

/**
 * What names a blob or manifest: its type, digest and exact size (OCI image specification, descriptor.md).
 *
 * @param mediaType the media type as the naming document writes it
 * @param digest the digest of the content
 * @param size the size of the content in bytes, not negative
 */
public record Descriptor(String mediaType, Digest digest, long size) {

    /** Checks the size. */
    public Descriptor {
        if (size < 0) {
            throw new IllegalArgumentException("Size " + size + " of " + digest + " is negative");
        }
    }
}
