package io.github.lambdacontainer.base;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A tar that ends as it should. Some tools leave out the padding of the last file and the two blocks of zeros behind it;
 * container engines read such layers, so bases have them.
 */
final class PaddedTar extends FilterInputStream {

    private static final int BLOCK = 512;

    private long position;
    private long end = Long.MAX_VALUE;

    PaddedTar(InputStream tar) {
        super(tar);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = length == 0 ? 0 : padded(super.read(buffer, offset, length), buffer, offset, length);
        position += Math.max(0, count);
        return count;
    }

    private int padded(int count, byte[] buffer, int offset, int length) {
        if (count >= 0) {
            return count;
        }
        if (end == Long.MAX_VALUE) {
            end = (position + BLOCK - 1) / BLOCK * BLOCK + 2 * BLOCK;
        }
        int zeros = (int) Math.min(length, end - position);
        Arrays.fill(buffer, offset, offset + zeros, (byte) 0);
        return zeros == 0 ? -1 : zeros;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        byte[] buffer = new byte[(int) Math.min(count, 1 << 16)];
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
