package io.github.lambdacontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.ImageFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other tools read the archives; a tool that is not installed skips its test. */
class ArchiveToolsIT {

    private static final String NAME = "localhost/lambda-container-archive-it:1";

    @TempDir
    Path directory;

    private SampleImage sample;

    private Path archive(ImageFormat format) {
        sample = SampleImage.make(directory.resolve("cache"), format);
        Path archive = directory.resolve("image.tar");
        sample.writeTo(archive, NAME);
        return archive;
    }

    private String run(String... command) throws IOException, InterruptedException {
        Assumptions.assumeTrue(installed(command[0]), command[0] + " is not installed");
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String text = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(exit).as(String.join(" ", command) + "\n" + text).isZero();
        return text.strip();
    }

    private static boolean installed(String tool) {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
    }

    @ParameterizedTest
    @EnumSource
    void skopeoReadsTheDockerSide(ImageFormat format) throws Exception {
        Path archive = archive(format);

        String config = run("skopeo", "inspect", "--config", "--raw", "docker-archive:" + archive);
        String layers = run("skopeo", "inspect", "--format", "{{len .Layers}} {{.Env}}", "docker-archive:" + archive);

        assertThat(config.getBytes(StandardCharsets.UTF_8))
                .isEqualTo(sample.image().config().bytes());
        assertThat(layers).isEqualTo("3 [LANG=C.UTF-8]");
    }

    @ParameterizedTest
    @EnumSource
    void skopeoReadsTheOciSideUnderTheSameDigest(ImageFormat format) throws Exception {
        Path archive = archive(format);

        assertThat(run("skopeo", "inspect", "--format", "{{.Digest}}", "oci-archive:" + archive))
                .isEqualTo(sample.image().digest().toString());
        if (format == ImageFormat.OCI) {
            // skopeo 1.9 looks for names among OCI manifests only.
            assertThat(run("skopeo", "inspect", "--format", "{{.Digest}}", "oci-archive:" + archive + ":1"))
                    .isEqualTo(sample.image().digest().toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void podmanLoads(ImageFormat format) throws Exception {
        Path archive = archive(format);

        run("podman", "load", "-i", archive.toString());
        try {
            assertThat(run("podman", "image", "inspect", "--format", "{{.Id}}", NAME))
                    .isEqualTo(sample.image().imageId().hex());
        } finally {
            run("podman", "rmi", NAME);
        }
    }

    @ParameterizedTest
    @EnumSource
    void umociUnpacksWhatSkopeoCopied(ImageFormat format) throws Exception {
        Path archive = archive(format);
        Path layout = directory.resolve("layout");
        Path bundle = directory.resolve("bundle");

        run("skopeo", "copy", "oci-archive:" + archive, "oci:" + layout + ":1");
        run("umoci", "unpack", "--rootless", "--image", layout + ":1", bundle.toString());

        assertThat(bundle.resolve("rootfs/etc/base")).hasContent("base\n");
        assertThat(bundle.resolve("rootfs/var/task/é/" + "n".repeat(120)))
                .isExecutable()
                .hasContent("x");
        assertThat(Files.getAttribute(bundle.resolve("rootfs/tmp"), "unix:mode"))
                .isEqualTo(041777);
    }

    @Test
    void ociImageToolValidatesTheLayout() throws Exception {
        Path archive = archive(ImageFormat.OCI);
        Path layout = Files.createDirectory(directory.resolve("layout"));

        run("bsdtar", "-xf", archive.toString(), "-C", layout.toString());

        assertThat(run("oci-image-tool", "validate", "--type", "image", "--ref", "name=1", layout.toString()))
                .contains("Validation succeeded");
    }

    @Test
    void bsdtarListsTheLayers() throws Exception {
        archive(ImageFormat.OCI);
        Path blob =
                sample.files().get(sample.image().layers().get(2).descriptor().digest());

        List<String> names = run("bsdtar", "-tf", blob.toString()).lines().toList();

        assertThat(names).contains("tmp/", "var/task/").last().asString().endsWith("n".repeat(120));
    }
}
