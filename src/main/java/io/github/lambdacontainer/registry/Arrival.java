package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.Growth;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A blob on its way into the cache, which can be read as far as it has come; who reads faster waits. */
final class Arrival implements Growth {

    private @Nullable Path file;
    private long reached;
    private boolean over;
    private boolean whole;

    @Override
    public synchronized void reached(Path unfinished, long size) {
        file = unfinished;
        reached = size;
        notifyAll();
    }

    /** Nothing more comes: the blob is in the cache, or could not be brought there. What was said first counts. */
    synchronized void end(boolean inCache) {
        whole = over ? whole : inCache;
        over = true;
        notifyAll();
    }

    /**
     * All of its bytes, or nothing if they are in the cache already. Waits until the first of them are there.
     *
     * @throws IOException if the blob could not be brought; reading fails likewise
     */
    Optional<InputStream> open() throws IOException {
        Optional<Path> begun = begun();
        if (begun.isPresent()) {
            try {
                return Optional.of(new Following(Files.newInputStream(begun.get())));
            } catch (NoSuchFileException e) {
                // It was whole, or given up, a moment ago.
                awaitBeyond(Long.MAX_VALUE);
            }
        }
        return Optional.empty();
    }

    private synchronized Optional<Path> begun() throws IOException {
        awaitBeyond(0);
        return over ? Optional.empty() : Optional.ofNullable(file);
    }

    /** Waits until there is more than this, or all is there, and says how much there is. */
    private synchronized long awaitBeyond(long position) throws IOException {
        try {
            while (reached <= position && !over) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while a download was waited for");
        }
        if (over && !whole) {
            throw new IOException("The download failed");
        }
        return reached;
    }

    private final class Following extends InputStream {

        private final InputStream in;
        private long position;

        Following(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            long left = awaitBeyond(position) - position;
            int count = left == 0 ? -1 : in.read(bytes, offset, (int) Math.min(left, length));
            position += Math.max(count, 0);
            return count;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
