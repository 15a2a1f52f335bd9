package io.github.lambdacontainer.layer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzip (RFC 1952) that passes on as it is what is compressed already, as most of a jar is: to compress that once more
 * takes nearly all of a layer's time and saves a twentieth of it.
 *
 * <p>What is looked at are stretches of one length, so that the same content makes the same bytes in whatever steps it is
 * written. Closing it leaves the stream below open, and writes no end; that is for {@link #finish} to do.
 */
final class LayerGzip extends OutputStream {

    /** A multiple of a tar's blocks that fits into a stored block (RFC 1951, section 3.2.4). */
    private static final int STRETCH = 32 << 10;

    /** No flags, no time, no word on the level, and a file system that is not known (RFC 1952, section 2.3). */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final OutputStream out;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 checksum = new CRC32();
    private final byte[] stretch = new byte[STRETCH];
    private final byte[] deflated = new byte[STRETCH];
    private int filled;
    private long size;
    private boolean deflating;

    LayerGzip(OutputStream out) throws IOException {
        this.out = out;
        out.write(HEADER);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; ) {
            int count = Math.min(end - at, STRETCH - filled);
            System.arraycopy(bytes, at, stretch, filled, count);
            filled += count;
            at += count;
            if (filled == STRETCH) {
                pass();
            }
        }
    }

    /** Writes what is left, and the end. */
    void finish() throws IOException {
        pass();
        deflater.finish();
        while (!deflater.finished()) {
            out.write(deflated, 0, deflater.deflate(deflated));
        }
        number(checksum.getValue(), 4);
        number(size, 4);
    }

    private void pass() throws IOException {
        checksum.update(stretch, 0, filled);
        size += filled;
        if (isCompressed()) {
            store();
        } else {
            deflate();
        }
        filled = 0;
    }

    /**
     * Whether all values of a byte are about as frequent as each other: the sum of their squared frequencies is least then,
     * {@code filled² / 256}. In jars it is less than a fifth above that, in class files and text more than twice as large.
     */
    private boolean isCompressed() {
        int[] frequencies = new int[256];
        for (int i = 0; i < filled; i++) {
            frequencies[stretch[i] & 0xff]++;
        }
        long squares = 0;
        for (int frequency : frequencies) {
            squares += (long) frequency * frequency;
        }
        return squares * 256 * 5 < (long) filled * filled * 6;
    }

    private void deflate() throws IOException {
        deflating = true;
        deflater.setInput(stretch, 0, filled);
        while (!deflater.needsInput()) {
            out.write(deflated, 0, deflater.deflate(deflated));
        }
    }

    /** A block of bytes as they are; what comes later must not refer to what was before, which the deflater knows alone. */
    private void store() throws IOException {
        if (deflating) {
            alignToByte();
            deflater.reset();
            deflating = false;
        }
        out.write(0);
        number(filled, 2);
        number(~filled, 2);
        out.write(stretch, 0, filled);
    }

    private void alignToByte() throws IOException {
        int count = STRETCH;
        while (count == STRETCH) {
            count = deflater.deflate(deflated, 0, STRETCH, Deflater.SYNC_FLUSH);
            out.write(deflated, 0, count);
        }
    }

    /** The lowest byte comes first. */
    private void number(long number, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (number >>> (8 * i)));
        }
    }

    @Override
    public void close() {
        deflater.end();
    }
}
