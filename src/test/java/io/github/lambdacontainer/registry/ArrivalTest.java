package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.BlobMismatchException;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Blobs that are read while the cache still writes them. */
@Timeout(60)
class ArrivalTest {

    private static final int HALF = 1 << 17;

    private final byte[] blob = new byte[2 * HALF];
    private final Arrival arrival = new Arrival();
    private final PipedOutputStream sender = new PipedOutputStream();

    @TempDir
    Path directory;

    private BlobCache cache;
    private CompletableFuture<Path> stored;

    @BeforeEach
    void begin() throws IOException {
        new Random(1).nextBytes(blob);
        cache = new BlobCache(directory);
        PipedInputStream in = new PipedInputStream(sender);
        stored = CompletableFuture.supplyAsync(
                () -> {
                    boolean whole = false;
                    try {
                        Path path = cache.store(Digest.of(blob), blob.length, in, arrival);
                        whole = true;
                        return path;
                    } catch (IOException e) {
                        throw new CompletionException(e);
                    } finally {
                        arrival.end(whole);
                    }
                },
                task -> new Thread(task, "download").start());
    }

    private InputStream open() throws IOException {
        return arrival.open().orElseThrow();
    }

    @Test
    void isReadAsFarAsItHasComeAndThenAsItComes() throws IOException {
        sender.write(blob, 0, HALF);
        try (InputStream first = open();
                InputStream second = open()) {
            assertThat(first.readNBytes(HALF / 4)).isEqualTo(Arrays.copyOf(blob, HALF / 4));
            sender.write(blob, HALF, HALF);
            sender.close();
            assertThat(first.readAllBytes()).isEqualTo(Arrays.copyOfRange(blob, HALF / 4, blob.length));
            assertThat(stored.join()).hasBinaryContent(blob);
            // What was opened is read on although the file has its own name by now.
            assertThat(second.readAllBytes()).isEqualTo(blob);
        }
    }

    @Test
    void waitsForTheFirstBytes() throws Exception {
        CompletableFuture<byte[]> read = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (InputStream in = open()) {
                read.complete(in.readAllBytes());
            } catch (IOException | RuntimeException e) {
                read.completeExceptionally(e);
            }
        });
        reader.start();
        while (reader.getState() != Thread.State.WAITING) {
            Thread.sleep(10);
        }
        sender.write(blob, 0, HALF);
        while (reader.getState() != Thread.State.WAITING) {
            Thread.sleep(10);
        }
        sender.write(blob, HALF, HALF);
        sender.close();
        assertThat(read.join()).isEqualTo(blob);
    }

    @Test
    void isNotThereAnyMoreOnceItIsInTheCache() throws IOException {
        sender.write(blob);
        sender.close();
        stored.join();
        assertThat(arrival.open()).isEqualTo(Optional.empty());
    }

    @Test
    void failsWithTheDownload() throws IOException {
        sender.write(blob, 0, HALF);
        try (InputStream in = open()) {
            sender.write(new byte[HALF]);
            sender.close();
            assertThat(stored.handle((path, failure) -> failure.getCause()).join())
                    .isInstanceOf(BlobMismatchException.class);
            assertThatIOException().isThrownBy(in::readAllBytes).withMessage("The download failed");
        }
        assertThatIOException().isThrownBy(arrival::open).withMessage("The download failed");
    }

    @Test
    void whoeverWaitsCanBeStopped() throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread reader = new Thread(() -> {
            try {
                arrival.open();
            } catch (IOException e) {
                failure.set(e);
            }
        });
        reader.start();
        reader.interrupt();
        reader.join();
        assertThat(failure.get()).hasMessage("Interrupted while a download was waited for");
        sender.close();
    }
}
