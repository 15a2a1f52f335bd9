package io.github.lambdacontainer.image;

import java.util.Arrays;

/** A JSON document as the exact bytes its digest was taken of. */
public final class RawJson {

    /** The largest document that is read or written, in bytes; registries take no larger manifest. */
    public static final int MAX_SIZE = 4 << 20;

    private final byte[] bytes;
    private final Digest digest;

    /** Keeps a copy of these bytes. */
    public RawJson(byte[] bytes) {
        this.bytes = bytes.clone();
        this.digest = Digest.of(this.bytes);
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The size in bytes. */
    public int size() {
        return bytes.length;
    }

    /** The digest of the bytes. */
    public Digest digest() {
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return digest + " (" + bytes.length + " bytes)";
    }
}
