package io.github.lambdacontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrittenArchivesTest {

    private static final List<String> NAMES = List.of("docker.io/library/fn:1");

    @TempDir
    Path directory;

    private final Image image = image("{}");
    private WrittenArchives written;
    private Path archive;

    private static Image image(String manifest) {
        RawJson json = new RawJson(manifest.getBytes(StandardCharsets.UTF_8));
        return new Image(ImageFormat.OCI, json, json, List.of());
    }

    @BeforeEach
    void writeAnArchive() throws IOException {
        written = new WrittenArchives(new FactCache(directory.resolve("facts")));
        archive = Files.writeString(directory.resolve("image.tar"), "as written");
        written.remember(archive, image, NAMES);
    }

    @Test
    void theSameImageUnderTheSameNamesIsThere() {
        assertThat(written.holds(archive, image, NAMES)).isTrue();
    }

    @Test
    void anotherImageOrNameOrFileIsNot() throws IOException {
        Path copy = Files.copy(archive, directory.resolve("copy.tar"));

        assertThat(written.holds(archive, image("{ }"), NAMES)).isFalse();
        assertThat(written.holds(archive, image, List.of("docker.io/library/fn:2")))
                .isFalse();
        assertThat(written.holds(copy, image, NAMES)).isFalse();
    }

    @Test
    void aFileThatIsGoneIsNot() throws IOException {
        Files.delete(archive);

        assertThat(written.holds(archive, image, NAMES)).isFalse();
    }

    @Test
    void aFileOfAnotherSizeIsNot() throws IOException {
        FileTime time = Files.getLastModifiedTime(archive);
        Files.writeString(archive, "cut");
        Files.setLastModifiedTime(archive, time);

        assertThat(written.holds(archive, image, NAMES)).isFalse();
    }

    @Test
    void aFileThatWasTouchedIsNot() throws IOException {
        Files.setLastModifiedTime(archive, FileTime.fromMillis(1));

        assertThat(written.holds(archive, image, NAMES)).isFalse();
    }

    @Test
    void anotherFileUnderTheNameIsNot() throws IOException {
        FileTime time = Files.getLastModifiedTime(archive);
        Path other = Files.writeString(directory.resolve("other"), "AS WRITTEN");
        Files.setLastModifiedTime(other, time);
        Files.move(other, archive, StandardCopyOption.REPLACE_EXISTING);

        assertThat(written.holds(archive, image, NAMES)).isFalse();
    }
}
