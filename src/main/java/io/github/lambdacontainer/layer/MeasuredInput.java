package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** Counts and digests the bytes that are read; skipping reads, too. */
final class MeasuredInput extends InputStream {

    private final InputStream in;
    private final MessageDigest computation = Digest.newMessageDigest();
    private long count;

    MeasuredInput(InputStream in) {
        this.in = in;
    }

    long count() {
        return count;
    }

    Digest digest() {
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
