package io.github.lambdacontainer.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest, the name of every blob and manifest (OCI image specification, descriptor.md, "Digests").
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {

    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    /** Checks the digits. */
    public Digest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("'" + hex + "' is not a SHA-256 digest of 64 lower-case digits");
        }
    }

    /**
     * Reads {@code sha256:…}.
     *
     * @throws IllegalArgumentException for any other algorithm, or digits that are none
     */
    public static Digest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("'" + text + "' is not a SHA-256 digest (sha256:…)");
        }
        return new Digest(text.substring(PREFIX.length()));
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(newMessageDigest().digest(bytes)));
    }

    /** The digest of all that the stream still gives; does not close it. */
    public static Digest of(InputStream in) throws IOException {
        MessageDigest computation = newMessageDigest();
        in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), computation));
        return of(computation);
    }

    /** The digest that a finished {@link #newMessageDigest()} holds; resets it. */
    public static Digest of(MessageDigest finished) {
        return new Digest(HexFormat.of().formatHex(finished.digest()));
    }

    /** A fresh SHA-256 computation. */
    public static MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Where an OCI image layout keeps the blob (OCI image specification, image-layout.md). */
    public String layoutPath() {
        return "blobs/sha256/" + hex;
    }

    // Digests are keys of many maps, and the methods that records have of their own take long to be made at first use.
    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && hex.equals(digest.hex);
    }

    @Override
    public int hashCode() {
        return hex.hashCode();
    }

    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
