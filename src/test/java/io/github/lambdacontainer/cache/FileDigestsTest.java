package io.github.lambdacontainer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** When the digest of a file is taken from memory, and when the file is read. */
@EnabledOnOs(OS.LINUX)
class FileDigestsTest {

    @TempDir
    private Path directory;

    private Path file;
    private FileDigests digests;

    @BeforeEach
    void file() throws IOException {
        file = Files.writeString(directory.resolve("a.jar"), "one");
        digests = FileDigests.remembered(new FactCache(directory.resolve("facts")));
    }

    @Test
    void aFileThatIsLeftAloneIsReadOnce() throws Exception {
        settle();
        assertThat(digests.of(file)).isEqualTo(digest("one"));
        forgeMemory("forged");
        assertThat(digests.of(file)).isEqualTo(digest("forged"));
        assertThat(FileDigests.read().of(file)).isEqualTo(digest("one"));
    }

    @Test
    void aFileThatWasJustWrittenIsNotRemembered() throws IOException {
        assertThat(digests.of(file)).isEqualTo(digest("one"));
        assertThat(directory.resolve("facts")).doesNotExist();
    }

    @Test
    void anotherContentOfTheSameSizeAndTimeIsRead() throws Exception {
        FileTime time = settle();
        assertThat(digests.of(file)).isEqualTo(digest("one"));
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, time);
        assertThat(digests.of(file)).isEqualTo(digest("two"));
    }

    @Test
    void anotherFileInItsPlaceIsRead() throws Exception {
        FileTime time = settle();
        assertThat(digests.of(file)).isEqualTo(digest("one"));
        Path other = Files.writeString(directory.resolve("b.jar"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(digests.of(file)).isEqualTo(digest("two"));
    }

    @Test
    void whatALinkLeadsToIsRead() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link.jar"), file);
        settle();
        assertThat(digests.of(link)).isEqualTo(digest("one"));
        Files.writeString(file, "two");
        assertThat(digests.of(link)).isEqualTo(digest("two"));
    }

    @Test
    void whatIsNoDigestIsFoundOutAgain() throws Exception {
        settle();
        assertThat(digests.of(file)).isEqualTo(digest("one"));
        write("sha256:0");
        assertThat(digests.of(file)).isEqualTo(digest("one"));
    }

    @Test
    void aFileThatIsNotThereHasNone() {
        assertThat(digests.find(directory.resolve("none.jar"))).isEmpty();
    }

    /** Waits until nothing that is written from now on can have the file's times. */
    private FileTime settle() throws Exception {
        Thread.sleep(3_100);
        return Files.getLastModifiedTime(file);
    }

    private void forgeMemory(String content) throws IOException {
        write(digest(content).toString());
    }

    private void write(String text) throws IOException {
        try (Stream<Path> facts = Files.list(directory.resolve("facts/file-digest-1"))) {
            Files.writeString(facts.findFirst().orElseThrow(), text);
        }
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
