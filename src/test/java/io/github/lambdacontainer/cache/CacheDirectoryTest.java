package io.github.lambdacontainer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

    @TempDir
    Path root;

    private CacheDirectory cache;
    private Path entry;

    @BeforeEach
    void begin() {
        cache = new CacheDirectory(root);
        entry = root.resolve("entry");
    }

    private static CacheDirectory.Maker with(String text) {
        return directory -> Files.writeString(directory.resolve("file"), text);
    }

    private static boolean isWhole(Path directory) throws IOException {
        return Files.isRegularFile(directory.resolve("file"))
                && !Files.readString(directory.resolve("file")).isEmpty();
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }

    @Test
    void aDirectoryAppearsWhole() throws IOException {
        cache.make(
                entry,
                directory -> {
                    assertThat(directory).isEmptyDirectory();
                    assertThat(entry).doesNotExist();
                    with("one").make(directory);
                },
                CacheDirectoryTest::isWhole);

        assertThat(entry.resolve("file")).hasContent("one");
        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void theDirectoryOfAnotherBuildCounts() throws IOException {
        cache.make(
                entry,
                directory -> {
                    with("mine").make(directory);
                    with("the other's").make(Files.createDirectory(entry));
                },
                CacheDirectoryTest::isWhole);

        assertThat(entry.resolve("file")).hasContent("the other's");
        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void aDirectoryThatIsNotWholeIsReplaced() throws IOException {
        with("").make(Files.createDirectory(entry));

        cache.make(entry, with("one"), CacheDirectoryTest::isWhole);

        assertThat(entry.resolve("file")).hasContent("one");
        assertThat(entries()).containsExactly(entry);
    }

    @Test
    void nothingIsLeftOfWhatFails() throws IOException {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> cache.make(
                        entry,
                        directory -> {
                            with("one").make(directory);
                            throw new IOException("full");
                        },
                        CacheDirectoryTest::isWhole))
                .withMessage("full");

        assertThat(entries()).isEmpty();
    }

    @Test
    void whatIsRemovedAlreadyNeedsNoRemoving() throws IOException {
        with("one").make(Files.createDirectory(entry));

        cache.remove(entry);
        cache.remove(entry);

        assertThat(entries()).isEmpty();
    }
}
