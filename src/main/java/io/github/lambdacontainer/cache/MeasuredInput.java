package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests the bytes that are read; skipping reads, too. */
public final class MeasuredInput extends InputStream {

    private final InputStream in;
    private final MessageDigest computation = Digest.newMessageDigest();
    private long count;

    /** Reads this stream, and closes it when closed. */
    public MeasuredInput(InputStream in) {
        this.in = in;
    }

    /** The bytes read so far. */
    public long count() {
        return count;
    }

    /** The digest of the bytes read so far; asked for once, at the end. */
    public Digest digest() {
        return Digest.of(computation);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        if (read > 0) {
            computation.update(buffer, offset, read);
            count += read;
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
