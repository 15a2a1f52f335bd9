package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads what skopeo and umoci write. */
class OtherToolsIT {

    private final TestImage image = TestImages.withJavaHome();

    @TempDir
    Path directory;

    private Path layout;

    @BeforeEach
    void writeLayout() throws IOException {
        layout = new TestLayout()
                .image(image, "", e -> e.putObject("annotations").put("org.opencontainers.image.ref.name", "one"))
                .write(directory.resolve("layout"));
    }

    private void run(String... command) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin", command[0])),
                () -> "SKIPPED: " + command[0] + " is not installed, so what it writes is not read");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private void readsTheImage(String reference) {
        Base base = new TestReader(directory).read(reference);
        assertThat(base.facts().java()).hasValue(new BaseJava("/opt/java/openjdk/bin/java", 21));
        assertThat(base.image().layers())
                .extracting(BaseLayer::diffId)
                .isEqualTo(image.layers().stream().map(l -> Digest.of(l.tar())).toList());
    }

    @Test
    void dockerArchiveOfSkopeo() throws Exception {
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "oci:" + layout + ":one",
                "docker-archive:" + directory.resolve("a.tar") + ":test:1");

        readsTheImage("tar:a.tar");
    }

    @Test
    void ociArchiveOfSkopeo() throws Exception {
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "oci:" + layout + ":one",
                "oci-archive:" + directory.resolve("a.tar"));

        readsTheImage("tar:a.tar");
    }

    @Test
    void uncompressedLayoutOfSkopeo() throws Exception {
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--dest-decompress",
                "oci:" + layout + ":one",
                "oci:" + directory.resolve("plain"));

        readsTheImage("oci:plain");
    }

    @Test
    void layoutOfUmoci() throws Exception {
        run("umoci", "config", "--image", layout + ":one", "--tag", "two", "--config.workingdir", "/srv");
        run("umoci", "rm", "--image", layout + ":one");

        readsTheImage("oci:layout");
        assertThat(new TestReader(directory).read("oci:layout").facts().workingDirectory())
                .hasValue("/srv");
    }

    @Test
    void zstdLayersOfSkopeoAreRefused() throws Exception {
        run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "--dest-compress-format",
                "zstd",
                "--dest-compress",
                "oci:" + layout + ":one",
                "oci:" + directory.resolve("zstd"));

        Throwable failure = catchThrowable(() -> new TestReader(directory).read("oci:zstd"));
        assertThat(failure).hasMessageContaining("is compressed with zstd, which Lambda does not take.");
    }
}
