package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for secrets finds them. */
class CanariesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=canary-password-7f3a91/+=",
                "token?password=canary-password-7f3a91%2F%2B%3D&service=x",
                "Authorization: Basic QVdTOmNhbmFyeS1wYXNzd29yZC03ZjNhOTEvKz0=",
                "canary+secret/access0key0of0the0fake0ecr",
                "canarySessionTokenOfTheFakeEcr//IQoJb3JpZ2luX2Vj",
                "Basic QVdTOmNhbmFyeVBhc3N3b3JkT2ZUaGVGYWtlRWNyMQ=="
            })
    void aSecretIsFoundInEveryForm(String text) {
        assertThatThrownBy(() -> Canaries.assertAbsent("the log", "before\n" + text + "\nafter"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("A secret is in the log");
    }

    @Test
    void aSecretIsFoundInWhatABuildLeaves(@TempDir Path directory) throws IOException {
        Path results = Files.createDirectories(directory.resolve("module/target/lambda-container"));
        Path json = Files.writeString(results.resolve("image.json"), "{}");
        assertThatCode(() -> Canaries.assertAbsent(directory)).doesNotThrowAnyException();

        Files.writeString(json, Canaries.PASSWORD);
        assertThatThrownBy(() -> Canaries.assertAbsent(directory)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSecretIsFoundInAnImagesArchive(boolean compressed, @TempDir Path directory) throws IOException {
        Path results = Files.createDirectories(directory.resolve("module/target/lambda-container"));
        archive(results, "nothing", compressed);
        assertThatCode(() -> Canaries.assertAbsent(directory)).doesNotThrowAnyException();

        archive(results, "password: " + Canaries.PASSWORD, compressed);
        assertThatThrownBy(() -> Canaries.assertAbsent(directory))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("image.tar:blob: ");
    }

    private static void archive(Path results, String text, boolean compressed) throws IOException {
        ByteArrayOutputStream blob = new ByteArrayOutputStream();
        try (OutputStream out = compressed ? new GZIPOutputStream(blob) : blob) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(Files.newOutputStream(results.resolve("image.tar")))) {
            TarArchiveEntry entry = new TarArchiveEntry("blob");
            entry.setSize(blob.size());
            tar.putArchiveEntry(entry);
            tar.write(blob.toByteArray());
            tar.closeArchiveEntry();
        }
    }
}
