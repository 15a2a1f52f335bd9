package io.github.lambdacontainer.emulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of an event or of a response. */
public final class Payload {

    /** The most bytes that an event has on Lambda: 6 MB (quota "Invocation payload"). */
    public static final int LARGEST_EVENT = 6 << 20;

    /** The most bytes that a response has: Lambda takes 100 bytes more. */
    public static final int LARGEST_RESPONSE = LARGEST_EVENT + 100;

    private final byte[] bytes;

    private Payload(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Keeps a copy of these bytes. */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes.clone());
    }

    /** A text in UTF-8. */
    public static Payload of(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Payload that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
