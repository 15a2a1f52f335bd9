package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;

/** The body of a request that is opened anew for every attempt. */
final class StreamedBody implements RequestBody {

    private static final int BLOCK = 64 << 10;

    private final long size;
    private final Source source;
    private final LongConsumer progress;
    private final ConcurrentLinkedQueue<InputStream> opened = new ConcurrentLinkedQueue<>();

    /** With what hears how many bytes an attempt has sent in all. */
    StreamedBody(long size, Source source, LongConsumer progress) {
        this.size = size;
        this.source = source;
        this.progress = progress;
    }

    @Override
    public long size() {
        return size;
    }

    /** Opens the source for the next attempt already, so that nobody waits for a body that cannot be had. */
    void open() throws IOException {
        opened.add(source.open());
    }

    /** Closes what was opened and not sent. */
    void release() throws IOException {
        for (InputStream in = opened.poll(); in != null; in = opened.poll()) {
            in.close();
        }
    }

    @Override
    public void writeTo(OutputStream out, Sending sending) throws IOException {
        try (InputStream in = input(sending)) {
            byte[] block = read(in, sending);
            long position = 0;
            while (block.length > 0) {
                // A block is read before the one in front of it goes: the last goes only if the end is right.
                byte[] next = read(in, sending);
                out.write(block);
                sending.moved();
                position += block.length;
                progress.accept(position);
                block = next;
            }
        }
    }

    private InputStream input(Sending sending) throws IOException {
        InputStream in = opened.poll();
        if (in != null) {
            return in;
        }
        sending.awaitingSource(true);
        return source.open();
    }

    private static byte[] read(InputStream in, Sending sending) throws IOException {
        sending.awaitingSource(true);
        byte[] block = in.readNBytes(BLOCK);
        sending.moved();
        sending.awaitingSource(false);
        return block;
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {

        /** A stream from the first byte on, which fails rather than end with bytes that are not the right ones. */
        InputStream open() throws IOException;
    }
}
