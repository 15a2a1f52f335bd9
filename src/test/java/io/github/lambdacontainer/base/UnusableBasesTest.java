package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusableBasesTest {

    private static final String AGAIN = "Write it again with the tool that made it, or use another base image.";
    private static final byte[] TAR = new TarBuilder().file("a", "content").build();

    @TempDir
    Path directory;

    private final TestImage image = new TestImage(ImageFormat.OCI).layer(new TarBuilder().file("a", "content"));

    private void fails(String reference, String why, String next) {
        Failure failure = catchThrowableOfType(Failure.class, () -> new TestReader(directory).read(reference));
        assertThat(failure).isNotNull();
        assertThat(failure.problems())
                .containsExactly(Problem.of(
                        "The base image '" + reference + "' cannot be used: " + why + ".", "from.image", next));
    }

    private void damaged(String reference, String why) {
        fails(reference, why, AGAIN);
    }

    private Path blob(Digest digest) {
        return directory.resolve("layout/blobs/sha256/" + digest.hex());
    }

    private void writeLayout() throws IOException {
        TestLayout.of(image).write(directory.resolve("layout"));
    }

    @Test
    void archiveIsMissing() {
        fails(
                "tar:no.tar",
                "there is no file '" + directory.resolve("no.tar") + "'",
                "Correct the path; a relative one starts at the project's directory.");
    }

    @Test
    void layoutIsMissing() {
        fails(
                "oci:no",
                "there is no directory '" + directory.resolve("no") + "'",
                "Correct the path; a relative one starts at the project's directory.");
    }

    @Test
    void layoutIsADirectoryOfSomethingElse() throws IOException {
        Files.createDirectory(directory.resolve("layout"));

        damaged("oci:layout", "'index.json' is missing");
    }

    @Test
    void archiveIsOfSomethingElse() throws IOException {
        Files.write(directory.resolve("a.tar"), TAR);

        fails(
                "tar:a.tar",
                "it has neither 'manifest.json' nor 'index.json'",
                "Name a file that 'docker save', 'podman save' or 'skopeo copy' wrote.");
    }

    @Test
    void archiveIsEmpty() throws IOException {
        Files.createFile(directory.resolve("a.tar"));

        fails(
                "tar:a.tar",
                "it has neither 'manifest.json' nor 'index.json'",
                "Name a file that 'docker save', 'podman save' or 'skopeo copy' wrote.");
    }

    @Test
    void archiveIsNoTar() throws IOException {
        Files.writeString(directory.resolve("a.tar"), "This is a text. ".repeat(100));

        damaged(
                "tar:a.tar",
                "'" + directory.resolve("a.tar") + "' is not a whole tar archive (Corrupted TAR archive.)");
    }

    @Test
    void archiveIsTruncated() throws IOException {
        byte[] archive = image.dockerArchive("a:1", false).build();
        Files.write(directory.resolve("a.tar"), Arrays.copyOf(archive, 2000));

        damaged("tar:a.tar", "'" + directory.resolve("a.tar") + "' is not a whole tar archive (Truncated TAR archive)");
    }

    @Test
    void compressedArchiveIsTruncated() throws IOException {
        byte[] archive = TarBuilder.gzip(image.dockerArchive("a:1", false).build());
        Files.write(directory.resolve("a.tar"), Arrays.copyOf(archive, archive.length / 2));

        damaged(
                "tar:a.tar",
                "'" + directory.resolve("a.tar")
                        + "' is not a whole tar archive (Unexpected end of ZLIB input stream)");
    }

    @Test
    void dockerArchiveHasNoImage() throws IOException {
        Files.write(
                directory.resolve("a.tar"),
                new TarBuilder().file("manifest.json", "[]").build());

        damaged("tar:a.tar", "'manifest.json' lists no image");
    }

    @Test
    void dockerArchiveHasBrokenJson() throws IOException {
        Files.write(
                directory.resolve("a.tar"),
                new TarBuilder().file("manifest.json", "[{").build());

        damaged("tar:a.tar", "'manifest.json' is not JSON");
    }

    @Test
    void dockerArchiveHasSeveralImages() throws IOException {
        Files.write(
                directory.resolve("a.tar"),
                new TarBuilder()
                        .file("manifest.json", "[{\"RepoTags\":[\"a:1\"]},{\"RepoTags\":[\"b:2\",\"b:3\"]}]")
                        .build());

        fails("tar:a.tar", "it holds 2 images: a:1, b:2, b:3", "Save the one to build on alone.");
    }

    @Test
    void dockerArchiveLacksItsConfig() throws IOException {
        Files.write(
                directory.resolve("a.tar"),
                new TarBuilder()
                        .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[]}]")
                        .build());

        damaged("tar:a.tar", "'c.json' is missing");
    }

    @Test
    void dockerArchiveLacksALayer() throws IOException {
        Files.write(
                directory.resolve("a.tar"),
                new TarBuilder()
                        .file("c.json", 0644, image.config())
                        .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[\"x/layer.tar\"]}]")
                        .build());

        damaged("tar:a.tar", "'x/layer.tar' is missing");
    }

    @Test
    void dockerArchiveDisagreesWithItsConfigOnLayers() throws IOException {
        Files.write(
                directory.resolve("a.tar"),
                new TarBuilder()
                        .file("c.json", 0644, image.config())
                        .file("manifest.json", "[{\"Config\":\"c.json\",\"Layers\":[]}]")
                        .build());

        damaged("tar:a.tar", "'manifest.json' names 0 layers, and the config has 1 diff_ids");
    }

    @Test
    void dockerArchiveHasAnotherConfigThanItsNameSays() throws IOException {
        String name = "0".repeat(64) + ".json";
        Files.write(
                directory.resolve("a.tar"),
                new TarBuilder()
                        .file(name, 0644, image.config())
                        .file("manifest.json", "[{\"Config\":\"" + name + "\",\"Layers\":[]}]")
                        .build());

        damaged(
                "tar:a.tar",
                "'" + name + "' has the digest " + Digest.of(image.config()) + ", not sha256:" + "0".repeat(64));
    }

    @Test
    void dockerArchiveHasAnotherLayerThanItsConfigSays() throws IOException {
        Digest other = Digest.of(new byte[0]);
        image.diffId(0, other).writeDockerArchive(directory.resolve("a.tar"));

        damaged("tar:a.tar", "'layer0/layer.tar' has the digest " + Digest.of(TAR) + ", not " + other);
    }

    @Test
    void dockerArchiveIsForAnotherArchitecture() throws IOException {
        image.platform("linux", "arm64", "v8").writeDockerArchive(directory.resolve("a.tar"));

        fails(
                "tar:a.tar",
                "it is not for linux/amd64 but for linux/arm64/v8",
                "Use a base image for linux/amd64, or choose another of x86_64 and arm64 in <architectures>.");
    }

    @Test
    void indexHasNoImageForTheArchitecture() throws IOException {
        new TestLayout()
                .image(TestImages.musl().platform("linux", "arm64", "v8"), "linux/arm64/v8", e -> {})
                .image(TestImages.musl().platform("linux", "s390x", ""), "linux/s390x", e -> {})
                .image(TestImages.musl().platform("windows", "amd64", ""), "windows/amd64", e -> {})
                .write(directory.resolve("layout"));

        fails(
                "oci:layout",
                "it is not for linux/amd64 but for linux/arm64/v8, linux/s390x, windows/amd64",
                "Use a base image for linux/amd64, or choose another of x86_64 and arm64 in <architectures>.");
    }

    @Test
    void indexSaysAnotherArchitectureThanTheConfig() throws IOException {
        new TestLayout()
                .image(image.platform("linux", "arm64", ""), "linux/amd64", e -> {})
                .write(directory.resolve("layout"));

        fails(
                "oci:layout",
                "it is not for linux/amd64 but for linux/arm64",
                "Use a base image for linux/amd64, or choose another of x86_64 and arm64 in <architectures>.");
    }

    @Test
    void layoutHasSeveralImagesForTheArchitecture() throws IOException {
        TestImage other = TestImages.musl();
        new TestLayout()
                .image(image, "", e -> e.putObject("annotations").put("org.opencontainers.image.ref.name", "one"))
                .image(other, "linux/amd64", e -> {})
                .write(directory.resolve("layout"));

        fails(
                "oci:layout",
                "it holds 2 images for linux/amd64: one (" + Digest.of(image.manifest()) + "), "
                        + Digest.of(other.manifest()),
                "Store the one to build on alone, for example with 'skopeo copy'.");
    }

    @Test
    void indexIsEmpty() throws IOException {
        new TestLayout().write(directory.resolve("layout"));

        damaged("oci:layout", "its index lists no image");
    }

    @Test
    void indexIsBrokenJson() throws IOException {
        writeLayout();
        Files.writeString(directory.resolve("layout/index.json"), "{\"manifests\": [");

        damaged("oci:layout", "'index.json' is not JSON");
    }

    @Test
    void indexNamesAnotherKindOfDigest() throws IOException {
        writeLayout();
        Files.writeString(
                directory.resolve("layout/index.json"), "{\"manifests\": [{\"digest\":\"sha512:00\",\"size\":1}]}");

        damaged(
                "oci:layout",
                "an entry of 'index.json' names no image: 'sha512:00' is not a SHA-256 digest (sha256:…)");
    }

    @Test
    void indexIsTooLarge() throws IOException {
        writeLayout();
        Files.write(directory.resolve("layout/index.json"), new byte[(4 << 20) + 1]);

        damaged("oci:layout", "'index.json' has 4194305 bytes, more than the 4194304 that such a document may have");
    }

    @Test
    void manifestIsMissing() throws IOException {
        writeLayout();
        Files.delete(blob(Digest.of(image.manifest())));

        damaged("oci:layout", "'blobs/sha256/" + Digest.of(image.manifest()).hex() + "' is missing");
    }

    @Test
    void configHasOtherContent() throws IOException {
        writeLayout();
        Path config = blob(Digest.of(image.config()));
        byte[] other = new String(image.config(), StandardCharsets.UTF_8)
                .replace("amd64", "amd46")
                .getBytes(StandardCharsets.UTF_8);
        Files.write(config, other);

        damaged(
                "oci:layout",
                "'blobs/sha256/" + config.getFileName() + "' has the digest " + Digest.of(other) + ", not "
                        + Digest.of(image.config()));
    }

    @Test
    void layerHasOtherContent() throws IOException {
        writeLayout();
        Digest digest = image.layers().get(0).descriptor().digest();
        byte[] other = image.layers().get(0).blob().clone();
        other[20] ^= 1;
        Files.write(blob(digest), other);

        damaged(
                "oci:layout",
                "'blobs/sha256/" + digest.hex() + "' has the digest " + Digest.of(other) + ", not " + digest);
    }

    @Test
    void layerInAnArchiveHasOtherContent() throws IOException {
        Path archive = TestLayout.of(image).writeArchive(directory.resolve("a.tar"));
        byte[] bytes = Files.readAllBytes(archive);
        byte[] blob = image.layers().get(0).blob();
        bytes[indexOf(bytes, blob) + 20] ^= 1;
        Files.write(archive, bytes);
        byte[] other = blob.clone();
        other[20] ^= 1;

        damaged(
                "tar:a.tar",
                "'blobs/sha256/" + Digest.of(blob).hex() + "' has the digest " + Digest.of(other) + ", not "
                        + Digest.of(blob));
    }

    @Test
    void layerIsTruncated() throws IOException {
        writeLayout();
        Digest digest = image.layers().get(0).descriptor().digest();
        byte[] blob = image.layers().get(0).blob();
        Files.write(blob(digest), Arrays.copyOf(blob, 30));

        damaged("oci:layout", "'blobs/sha256/" + digest.hex() + "' has 30 bytes, not " + blob.length);
    }

    @Test
    void layerIsTruncatedWhereItWasMade() throws IOException {
        byte[] cut = Arrays.copyOf(TarBuilder.gzip(TAR), 60);
        TestLayout.of(new TestImage(ImageFormat.OCI).layer(ImageFormat.OCI.layerType(), cut, TAR))
                .write(directory.resolve("layout"));

        damaged(
                "oci:layout",
                "the layer " + Digest.of(cut) + " is not a whole gzip tar (Unexpected end of ZLIB input stream)");
    }

    @Test
    void layerIsNoTar() throws IOException {
        byte[] text = "This is a text. ".repeat(100).getBytes(StandardCharsets.UTF_8);
        byte[] blob = TarBuilder.gzip(text);
        TestLayout.of(new TestImage(ImageFormat.OCI).layer(ImageFormat.OCI.layerType(), blob, text))
                .write(directory.resolve("layout"));

        damaged("oci:layout", "the layer " + Digest.of(blob) + " is not a whole gzip tar (Corrupted TAR archive.)");
    }

    @Test
    void layerHasAnotherDiffIdThanTheConfigSays() throws IOException {
        Digest other = Digest.of(new byte[0]);
        image.diffId(0, other);
        writeLayout();

        damaged(
                "oci:layout",
                "the content of the layer " + image.layers().get(0).descriptor().digest() + " has the digest "
                        + Digest.of(TAR) + ", and the config says " + other);
    }

    @Test
    void layersOfKindsThatLambdaDoesNotTakeAreAllNamed() throws IOException {
        String oci = "application/vnd.oci.image.layer.";
        image.layer(oci + "v1.tar+zstd", new byte[] {1}, new byte[] {1})
                .layer(oci + "nondistributable.v1.tar+gzip", new byte[] {2}, new byte[] {2})
                .layer(oci + "v1.tar+gzip+encrypted", new byte[] {3}, new byte[] {3})
                .layer("application/octet-stream", new byte[] {4}, new byte[] {4});
        writeLayout();

        Failure failure = catchThrowableOfType(Failure.class, () -> new TestReader(directory).read("oci:layout"));

        String start = "The base image 'oci:layout' cannot be used: the layer ";
        assertThat(failure.problems())
                .containsExactly(
                        Problem.of(
                                start + Digest.of(new byte[] {1}) + " (" + oci
                                        + "v1.tar+zstd) is compressed with zstd, which Lambda does not take.",
                                "from.image",
                                "Use a base image with gzip layers; 'skopeo copy --dest-compress-format gzip --dest-force-compress-format' makes one."),
                        Problem.of(
                                start + Digest.of(new byte[] {2}) + " (" + oci
                                        + "nondistributable.v1.tar+gzip) is a foreign layer, which may not be copied to another registry.",
                                "from.image",
                                "Use a base image whose layers are all its own."),
                        Problem.of(
                                start + Digest.of(new byte[] {3}) + " (" + oci + "v1.tar+gzip+encrypted) is encrypted.",
                                "from.image",
                                "Use the base image in a decrypted form; 'skopeo copy --decryption-key' makes one."),
                        Problem.of(
                                start + Digest.of(new byte[] {4})
                                        + " (application/octet-stream) is of a media type that Lambda does not take.",
                                "from.image",
                                "Use a base image with gzip tar layers."));
    }

    @Test
    void zstdLayerThatIsLabelledGzip() throws IOException {
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0};
        TestLayout.of(new TestImage(ImageFormat.DOCKER).layer(ImageFormat.DOCKER.layerType(), zstd, TAR))
                .write(directory.resolve("layout"));

        fails(
                "oci:layout",
                "the layer " + Digest.of(zstd)
                        + " (application/vnd.docker.image.rootfs.diff.tar.gzip) is compressed with zstd, which Lambda does not take",
                "Use a base image with gzip layers; 'skopeo copy --dest-compress-format gzip --dest-force-compress-format' makes one.");
    }

    @Test
    void javaThatIsNotThere() throws IOException {
        TestLayout.of(TestImages.withJavaHome()).write(directory.resolve("layout"));

        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> new TestReader(directory)
                        .read("oci:layout", Architecture.X86_64, Optional.of("/opt/jdk/bin/java")));

        assertThat(failure.problems())
                .containsExactly(
                        Problem.of(
                                "The base image 'oci:layout' has no file '/opt/jdk/bin/java'.",
                                "from.java",
                                "Name the absolute path of 'java' in the base image, or leave the setting out to have it found."));
    }

    @Test
    void javaWhoseVersionCannotBeTold() throws IOException {
        Failure failure = catchThrowableOfType(
                Failure.class,
                () -> new TestReader(directory)
                        .readLayout(TestImages.withoutJava()
                                .layer(new TarBuilder()
                                        .executable("usr/lib/jvm/x/jre/bin/java", "")
                                        .symlink("usr/bin/java", "../lib/jvm/x/jre/bin/java"))));

        assertThat(failure.problems())
                .containsExactly(Problem.of(
                        "The version of Java in the base image 'oci:layout' cannot be told: '/usr/bin/java' is there,"
                                + " but JAVA_VERSION does not say it, and neither does a file 'release' in"
                                + " /usr/lib/jvm/x/jre or /usr/lib/jvm/x.",
                        "from.java",
                        "Name the 'java' of a complete Java runtime, or use a base image that sets JAVA_VERSION."));
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("The part is not there");
    }
}
