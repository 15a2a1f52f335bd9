package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeCacheTest {

    private static final int BUILDS = 4;

    @TempDir
    Path root;

    @Test
    void buildsThatMakeTheSameRuntimeAtOnceAllGetIt() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(BUILDS);
        ExecutorService builds = Executors.newFixedThreadPool(BUILDS);
        try {
            List<Future<Path>> results = new ArrayList<>();
            for (int i = 0; i < BUILDS; i++) {
                results.add(builds.submit(() -> new RuntimeCache(root).get("key", () -> 1_500_000, directory -> {
                    write(directory);
                    await(barrier);
                })));
            }
            for (Future<Path> result : results) {
                assertThat(result.get(1, TimeUnit.MINUTES).resolve("release")).hasContent("text");
            }
        } finally {
            builds.shutdownNow();
        }
        assertThat(root.toFile().list()).containsExactly("key");
    }

    @Test
    void aMakerThatFailsLeavesNothing() {
        assertThatThrownBy(() -> new RuntimeCache(root).get("key", () -> 1_500_000, directory -> {
                    write(directory);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage(
                        "The Java runtime, up to 2 MB, could not be kept in '" + root + "': No space left on device."
                                + "\n  Setting: <cacheDirectory> (-Dlambda-container.cacheDirectory)"
                                + "\n  Next: Free some space there, make the directory writable, or name another one.");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aRuntimeWithAMissingOrAddedFileIsMadeAnew() throws Exception {
        RuntimeCache cache = new RuntimeCache(root);
        Path image = cache.get("key", () -> 1_500_000, RuntimeCacheTest::write);
        Files.delete(image.resolve("release"));
        assertThat(cache.get("key", () -> 1_500_000, RuntimeCacheTest::write).resolve("release"))
                .hasContent("text");
        Files.createFile(image.resolve("added"));
        assertThat(cache.get("key", () -> 1_500_000, RuntimeCacheTest::write).resolve("added"))
                .doesNotExist();
    }

    @Test
    void whatKilledBuildsLeftIsRemovedAfterADay() throws Exception {
        Path old = Files.createDirectories(root.resolve(".unfinished-old"));
        Path young = Files.createDirectories(root.resolve(".unfinished-young"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(100_000)));
        new RuntimeCache(root).get("key", () -> 1_500_000, RuntimeCacheTest::write);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    private static void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("release"), "text");
    }

    private static void await(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
