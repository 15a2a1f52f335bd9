package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response as a stream that fails when no bytes come for too long, and that can be interrupted; one thread
 * fills it and another one reads it.
 */
final class GuardedBody extends InputStream {

    private static final int BLOCK = 16 << 10;
    private static final int MOST_BLOCKS = 32;
    private static final Part END = new Part(null, null);

    private final Duration stall;
    private final Deadline deadline;
    private final Runnable cancel;
    private final BlockingQueue<Part> parts = new ArrayBlockingQueue<>(MOST_BLOCKS);
    private ByteBuffer current = ByteBuffer.allocate(0);
    private volatile boolean closed;
    private boolean ended;

    /** With what stops the one who fills it, once nobody wants the rest. */
    GuardedBody(Duration stall, Deadline deadline, Runnable cancel) {
        this.stall = stall;
        this.deadline = deadline;
        this.cancel = cancel;
    }

    /** Takes all of a stream, as fast as it is read here, and its end or its failure with it. */
    void fill(InputStream in) throws InterruptedException {
        byte[] block = new byte[BLOCK];
        try {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                if (count > 0) {
                    parts.put(new Part(ByteBuffer.wrap(Arrays.copyOf(block, count)), null));
                }
            }
            parts.put(END);
        } catch (IOException | RuntimeException e) {
            parts.put(new Part(null, e));
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!current.hasRemaining() && !next()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        return count;
    }

    private boolean next() throws IOException {
        if (closed) {
            throw new IOException("The body of the response was closed");
        }
        if (ended) {
            return false;
        }
        Part part = take();
        if (part.failure != null) {
            throw new IOException("The body of the response broke off", part.failure);
        }
        ended = part.bytes == null;
        if (part.bytes != null) {
            current = part.bytes;
        }
        return !ended;
    }

    private Part take() throws IOException {
        Duration patience = deadline.atMost(stall);
        try {
            Part part = parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (part == null) {
                close();
                // The wait is of whole milliseconds, so that a part of one may be left of the operation.
                throw patience.compareTo(stall) < 0
                        ? new LateException(deadline.limit())
                        : new StallException(patience);
            }
            return part;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the body of a response was read");
        }
    }

    @Override
    public void close() {
        closed = true;
        if (!ended) {
            cancel.run();
        }
    }

    /** Some bytes, or a failure, or, without either, the end. */
    private record Part(
            @Nullable ByteBuffer bytes, @Nullable Exception failure) {}
}
