package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change is told once, when it is complete. */
class ChangeWatchTest {

    @TempDir
    private Path directory;

    @Test
    void aChangeIsToldOnceAndOnlyWhenNothingElseChanges() throws IOException {
        Path file = Files.writeString(directory.resolve("A.class"), "1");
        ChangeWatch watch = new ChangeWatch(List.of(directory));
        assertThat(watch.hasChanged()).isFalse();
        Files.writeString(file, "22");
        assertThat(watch.hasChanged()).isFalse();
        Files.writeString(Files.createDirectories(directory.resolve("b")).resolve("B.class"), "1");
        assertThat(watch.hasChanged()).isFalse();
        assertThat(watch.hasChanged()).isTrue();
        assertThat(watch.hasChanged()).isFalse();
    }

    @Test
    void aFileThatGoesIsAChange() throws IOException {
        Path file = Files.writeString(directory.resolve("A.class"), "1");
        ChangeWatch watch = new ChangeWatch(List.of(directory));
        Files.delete(file);
        assertThat(watch.hasChanged()).isFalse();
        assertThat(watch.hasChanged()).isTrue();
    }

    @Test
    void aDirectoryThatIsNotThereIsWatchedToo() throws IOException {
        Path later = directory.resolve("classes");
        ChangeWatch watch = new ChangeWatch(List.of(later));
        assertThat(watch.hasChanged()).isFalse();
        Files.writeString(Files.createDirectory(later).resolve("A.class"), "1");
        assertThat(watch.hasChanged()).isFalse();
        assertThat(watch.hasChanged()).isTrue();
    }
}
