package io.github.lambdacontainer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no change times, so nothing is remembered")
class FileDigestsTest {

    private static final int LARGE = 64 * 1024;
    private static final Duration LATER = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private Path file;
    private Path memory;

    /** As a build a minute later sees the files. */
    private FileDigests digests;

    @BeforeEach
    void create() {
        file = directory.resolve("a.jar");
        memory = directory.resolve("facts");
        digests = new FileDigests(new FactCache(memory), () -> Instant.now().plus(LATER));
    }

    @Test
    void isRememberedInTheNextBuild() throws IOException {
        Files.write(file, content('a', LARGE));
        Digest digest = digests.of(file);

        for (Path fact : facts()) {
            Files.writeString(
                    fact,
                    Files.readString(fact)
                            .replace(digest.toString(), digest('z', 1).toString()));
        }

        assertThat(digest).isEqualTo(digest('a', LARGE));
        assertThat(digests.of(file)).as("what is remembered").isEqualTo(digest('z', 1));
    }

    @Test
    void isReadAgainOnceTheFileIsWrittenThoughSizeAndTimeAreAsBefore() throws IOException {
        Files.write(file, content('a', LARGE));
        FileTime time = Files.getLastModifiedTime(file);
        digests.of(file);
        assertThat(facts()).hasSize(1);

        Object before = Files.getAttribute(file, "unix:ctime");
        // Until the clock of the file system has gone on.
        do {
            Files.write(file, content('b', LARGE));
            Files.setLastModifiedTime(file, time);
        } while (Files.getAttribute(file, "unix:ctime").equals(before));

        assertThat(digests.of(file)).isEqualTo(digest('b', LARGE));
    }

    @Test
    void isReadAgainOnceAnotherFileOfTheSameSizeAndTimeIsInItsPlace() throws IOException {
        Path other = directory.resolve("b.jar");
        Files.write(other, content('b', LARGE));
        Files.write(file, content('a', LARGE));
        Files.setLastModifiedTime(file, Files.getLastModifiedTime(other));
        digests.of(file);

        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(digests.of(file)).isEqualTo(digest('b', LARGE));
    }

    @Test
    void isNotRememberedOfAFileThatWasTouchedJustNow() throws IOException {
        Files.write(file, content('a', LARGE));
        FileDigests now = new FileDigests(new FactCache(memory));

        assertThat(now.of(file)).isEqualTo(digest('a', LARGE));
        assertThat(facts()).isEmpty();

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(LATER)));
        now.of(file);
        assertThat(facts()).as("an old file that was changed just now").isEmpty();
    }

    @Test
    void isNotRememberedOfSmallFiles() throws IOException {
        Files.write(file, content('a', LARGE - 1));

        assertThat(digests.of(file)).isEqualTo(digest('a', LARGE - 1));
        assertThat(facts()).isEmpty();
    }

    @Test
    void isReadAgainWhenTheMemoryIsDamaged() throws IOException {
        Files.write(file, content('a', LARGE));
        digests.of(file);

        for (String damage : List.of("", "x", "x\ny", "\n\n", "sha256:")) {
            for (Path fact : facts()) {
                String text = Files.readString(fact);
                Files.writeString(fact, damage.isEmpty() ? text.substring(0, text.length() - 1) : damage);
            }
            assertThat(digests.of(file)).as(damage).isEqualTo(digest('a', LARGE));
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void isReadAgainAfterAStartOfTheMachine() throws IOException {
        Files.write(file, content('a', LARGE));
        digests.of(file);
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        for (Path fact : facts()) {
            String text = Files.readString(fact);
            assertThat(text).contains(boot);
            Files.writeString(
                    fact,
                    text.replace(boot, "0")
                            .replace(
                                    digest('a', LARGE).toString(),
                                    digest('z', 1).toString()));
        }

        assertThat(digests.of(file)).isEqualTo(digest('a', LARGE));
    }

    @Test
    void failsAsReadingDoes() {
        assertThatThrownBy(() -> digests.of(file)).isInstanceOf(NoSuchFileException.class);
    }

    private List<Path> facts() throws IOException {
        if (Files.notExists(memory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(memory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static byte[] content(char letter, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) letter);
        return bytes;
    }

    private static Digest digest(char letter, int size) {
        return Digest.of(content(letter, size));
    }
}
