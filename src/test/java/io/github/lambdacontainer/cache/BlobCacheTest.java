package io.github.lambdacontainer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobCacheTest {

    private static final byte[] CONTENT = "content".getBytes();
    private static final Digest DIGEST = Digest.of(CONTENT);

    @TempDir
    Path root;

    private Path entry() {
        return root.resolve("blobs/sha256").resolve(DIGEST.hex());
    }

    private Path store() throws IOException {
        return new BlobCache(root).store(DIGEST, CONTENT.length, new ByteArrayInputStream(CONTENT));
    }

    @Test
    void findsWhatWasStored() throws IOException {
        assertThat(store()).isEqualTo(entry()).hasBinaryContent(CONTENT);
        assertThat(new BlobCache(root).find(DIGEST, CONTENT.length)).contains(entry());
        assertThat(new BlobCache(root).find(DIGEST)).contains(entry());
    }

    @Test
    void findsNothingInAnEmptyCacheAndCreatesNothing() {
        Path absent = root.resolve("absent");

        assertThat(new BlobCache(absent).find(DIGEST, CONTENT.length)).isEmpty();
        assertThat(absent).doesNotExist();
    }

    @Test
    void discardsAFlippedBit() throws IOException {
        Files.write(store(), "contenu".getBytes());

        assertAbsentAndHealed();
    }

    @Test
    void knowsTheFilesItHasVerifiedUntilSomebodyWritesToThem() throws IOException {
        BlobCache cache = new BlobCache(root);
        cache.store(DIGEST, CONTENT.length, new ByteArrayInputStream(CONTENT));
        BlobCache other = new BlobCache(root);

        assertThat(cache.isVerified(DIGEST, entry())).isTrue();
        assertThat(cache.isVerified(DIGEST, root.resolve("elsewhere"))).isFalse();
        assertThat(other.isVerified(DIGEST, entry())).isFalse();
        assertThat(other.find(DIGEST)).contains(entry());
        assertThat(other.isVerified(DIGEST, entry())).isTrue();

        Files.write(entry(), "contenu".getBytes());
        Files.setLastModifiedTime(entry(), FileTime.fromMillis(1));
        assertThat(other.isVerified(DIGEST, entry())).isFalse();
        assertThat(other.find(DIGEST, CONTENT.length)).isEmpty();
        assertThat(cache.isVerified(DIGEST, entry())).isFalse();
    }

    @Test
    void discardsATruncatedFile() throws IOException {
        Files.write(store(), "cont".getBytes());

        assertAbsentAndHealed();
    }

    @Test
    void discardsASymbolicLinkAndLeavesItsTarget() throws IOException {
        Path elsewhere = Files.move(store(), root.resolve("elsewhere"));
        Files.createSymbolicLink(entry(), elsewhere);

        assertAbsentAndHealed();
        assertThat(elsewhere).hasBinaryContent(CONTENT);
    }

    @Test
    void discardsADirectory() throws IOException {
        Files.createDirectories(entry().resolve("below"));

        assertAbsentAndHealed();
    }

    private void assertAbsentAndHealed() throws IOException {
        assertThat(new BlobCache(root).find(DIGEST, CONTENT.length)).isEmpty();
        assertThat(entry()).doesNotExist();
        assertThat(store()).hasBinaryContent(CONTENT);
    }

    @Test
    void refusesOtherContentAndKeepsNothing() throws IOException {
        assertThatExceptionOfType(BlobMismatchException.class)
                .isThrownBy(() -> new BlobCache(root).store(DIGEST, 7, new ByteArrayInputStream("contenu".getBytes())))
                .satisfies(e -> assertThat(e.actual()).contains(Digest.of("contenu".getBytes())))
                .withMessage(DIGEST + " was expected, the content is " + Digest.of("contenu".getBytes()));
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesShortContentAndKeepsNothing() throws IOException {
        assertThatExceptionOfType(BlobMismatchException.class)
                .isThrownBy(() -> new BlobCache(root).store(DIGEST, 8, new ByteArrayInputStream(CONTENT)))
                .withMessage(DIGEST + " ended after 7 of 8 bytes");
        assertThat(files()).isEmpty();
    }

    @Test
    void stopsReadingWhatIsLongerThanAnnounced() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 1;
            }
        };

        assertThatExceptionOfType(BlobMismatchException.class)
                .isThrownBy(() -> new BlobCache(root).store(DIGEST, 7, endless))
                .withMessage(DIGEST + " is longer than its 7 bytes");
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingOfAStreamThatFails() throws IOException {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("line cut");
            }
        };

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new BlobCache(root).store(DIGEST, 7, failing))
                .withMessage("line cut");
        assertThat(files()).isEmpty();
    }

    @Test
    void storesWhatAWriterWritesUnderItsDigest() throws IOException {
        Stored stored = new BlobCache(root).storeNew(out -> out.write(CONTENT));

        assertThat(stored).isEqualTo(new Stored(DIGEST, CONTENT.length, entry()));
        assertThat(files()).containsExactly(entry());
    }

    @Test
    void namesTheDirectoryThatCannotBeWritten() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> new BlobCache(file).storeNew(out -> out.write(CONTENT)))
                .withMessage("The cache could not be written at '" + file + "/blobs/sha256/new': Not a directory.\n"
                        + "  Setting: <cacheDirectory> (-Dlambda-container.cacheDirectory)\n"
                        + "  Next: Free some space there, make the directory writable, or name another one.");
    }

    @Test
    void findsWhatIsThereThoughTheThreadIsInterrupted() throws IOException {
        new BlobCache(root).storeNew(out -> out.write(CONTENT));
        Thread.currentThread().interrupt();
        try {
            assertThat(new BlobCache(root).find(DIGEST)).isPresent();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(files()).containsExactly(entry());
    }

    @Test
    void namesTheFileForWhichTheDiskIsFull() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> {
                    try (BlobOutput out = new BlobOutput(Path.of("/cache/blob"), Files.newOutputStream(full))) {
                        out.write(CONTENT);
                        out.flush();
                    }
                })
                .withMessage("The cache could not be written at '/cache/blob': No space left on device.\n"
                        + "  Setting: <cacheDirectory> (-Dlambda-container.cacheDirectory)\n"
                        + "  Next: Free some space there, make the directory writable, or name another one.");
    }

    @Test
    void removesLeftOversAfterADay() throws IOException {
        Path old = leftOver("old", Duration.ofHours(25));
        Path recent = leftOver("recent", Duration.ofHours(23));
        Path scratch = new BlobCache(root).newTemporaryDirectory("scratch");
        Files.createFile(scratch.resolve("file"));
        Files.setLastModifiedTime(scratch, FileTime.from(Instant.now().minus(Duration.ofHours(25))));

        new BlobCache(root).find(DIGEST);

        assertThat(old).doesNotExist();
        assertThat(scratch).doesNotExist();
        assertThat(recent).exists();
    }

    private Path leftOver(String name, Duration age) throws IOException {
        Path path = entry().resolveSibling(CacheDirectory.UNFINISHED + name);
        Files.createDirectories(path.getParent());
        Files.createFile(path);
        return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void givesEachCallerItsOwnTemporaryDirectory() {
        BlobCache cache = new BlobCache(root);

        assertThat(cache.newTemporaryDirectory("jlink"))
                .isDirectory()
                .hasParent(root.resolve("tmp"))
                .isNotEqualTo(cache.newTemporaryDirectory("jlink"));
    }

    @Test
    void isSharedByEightThreads() throws Exception {
        byte[] content = new byte[1 << 20];
        Digest digest = Digest.of(content);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Path>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> new BlobCache(root).store(digest, content.length, new ByteArrayInputStream(content)));
        }
        for (Future<Path> path : threads.invokeAll(tasks)) {
            assertThat(path.get()).hasBinaryContent(content);
        }
        threads.shutdown();
        assertThat(files()).hasSize(1);
    }

    @Test
    void neverDiscardsWhatAnotherThreadStoresMeanwhile() throws Exception {
        BlobCache storing = new BlobCache(root);
        BlobCache finding = new BlobCache(root);
        AtomicReference<Digest> wanted = new AtomicReference<>(DIGEST);
        AtomicBoolean ended = new AtomicBoolean();
        Thread finder = new Thread(() -> {
            while (!ended.get()) {
                finding.find(wanted.get(), 8);
                finding.find(wanted.get());
            }
        });
        finder.start();
        try {
            for (int i = 0; i < 3000; i++) {
                byte[] content = "%08d".formatted(i).getBytes();
                wanted.set(Digest.of(content));
                Path stored = storing.store(wanted.get(), content.length, new ByteArrayInputStream(content));
                finding.find(wanted.get());
                assertThat(stored).exists();
            }
        } finally {
            ended.set(true);
            finder.join();
        }
    }

    @Test
    void isSharedByTwoProcesses() throws Exception {
        List<Process> processes = List.of(StoringProcess.start(root), StoringProcess.start(root));
        for (Process process : processes) {
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
        }

        assertThat(files()).hasSize(1);
        assertThat(new BlobCache(root).find(StoringProcess.DIGEST, StoringProcess.SIZE))
                .isPresent();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }
}
