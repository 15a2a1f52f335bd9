package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveFormsTest {

    private final TestImage image = TestImages.withJavaHome();

    @TempDir
    Path directory;

    private Base read(String reference) {
        return new TestReader(directory).read(reference);
    }

    private void holdsTheImage(Base base) throws IOException {
        assertThat(base.facts().java()).hasValue(new BaseJava("/opt/java/openjdk/bin/java", 21));
        assertThat(base.image().config().bytes()).isEqualTo(image.config());
        for (int i = 0; i < image.layers().size(); i++) {
            BaseLayer layer = base.image().layers().get(i);
            Path file = base.layers().file(layer.descriptor());
            assertThat(layer.descriptor().size()).isEqualTo(Files.size(file));
            assertThat(layer.descriptor().digest()).isEqualTo(Digest.of(Files.readAllBytes(file)));
            assertThat(layer.descriptor().mediaType())
                    .isEqualTo(base.image().format().layerType());
            try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
                assertThat(in.readAllBytes()).isEqualTo(image.layers().get(i).tar());
            }
        }
    }

    @Test
    void ociLayoutDirectory() throws IOException {
        TestLayout.of(image).write(directory.resolve("layout"));

        Base base = read("oci:layout");

        holdsTheImage(base);
        assertThat(base.digest()).hasValue(Digest.of(image.manifest()));
        assertThat(base.image().manifest().bytes()).isEqualTo(image.manifest());
        assertThat(base.facts().name()).isEqualTo("oci:layout");
        assertThat(base.layers().file(base.image().layers().get(0).descriptor()))
                .isEqualTo(directory.resolve(
                        "layout/" + image.layers().get(0).descriptor().digest().layoutPath()));
    }

    @Test
    void ociArchive() throws IOException {
        TestLayout.of(image).writeArchive(directory.resolve("image.tar"));

        Base base = read("tar:image.tar");

        holdsTheImage(base);
        assertThat(base.digest()).hasValue(Digest.of(image.manifest()));
    }

    @Test
    void dockerArchiveWithUncompressedLayers() throws IOException {
        image.writeDockerArchive(directory.resolve("image.tar"));

        Base base = read("tar:image.tar");

        holdsTheImage(base);
        assertThat(base.digest()).isEmpty();
        assertThat(base.image().format()).isEqualTo(ImageFormat.DOCKER);
    }

    @Test
    void dockerArchiveWithGzipLayers() throws IOException {
        Files.write(
                directory.resolve("image.tar"), image.dockerArchive("a:1", true).build());

        Base base = read("tar:image.tar");

        holdsTheImage(base);
        assertThat(base.image().layers().get(0).descriptor().digest())
                .isEqualTo(image.layers().get(0).descriptor().digest());
    }

    @Test
    void archiveThatIsCompressedAsAWhole() throws IOException {
        Files.write(
                directory.resolve("image.tar.gz"),
                TarBuilder.gzip(image.dockerArchive("a:1", false).build()));

        holdsTheImage(read("tar:image.tar.gz"));
        try (var left = Files.list(directory.resolve("cache/tmp"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void dockerArchiveWhoseLayersAreLinksToOthers() throws IOException {
        TestImage twice = TestImages.withoutJava();
        byte[] tar = twice.layers().get(0).tar();
        twice.layer(ImageFormat.OCI.layerType(), TarBuilder.gzip(tar), tar);
        String config = Digest.of(twice.config()).hex() + ".json";
        Files.write(
                directory.resolve("image.tar"),
                new TarBuilder()
                        .file(config, 0644, twice.config())
                        .file("./one/layer.tar", 0644, tar)
                        .symlink("two/layer.tar", "../one/layer.tar")
                        .file(
                                "manifest.json",
                                "[{\"Config\":\"" + config
                                        + "\",\"Layers\":[\"one/layer.tar\",\"two/layer.tar\"],\"RepoTags\":null}]")
                        .build());

        Base base = read("tar:image.tar");

        assertThat(base.image().layers()).hasSize(2);
        assertThat(base.image().layers().get(1)).isEqualTo(base.image().layers().get(0));
    }

    @Test
    void uncompressedLayersBecomeTheSameGzipLayersFromEverywhere() throws IOException {
        image.writeDockerArchive(directory.resolve("image.tar"));
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.copy(directory.resolve("image.tar"), other.resolve("image.tar"));

        List<BaseLayer> layers = read("tar:image.tar").image().layers();

        assertThat(new TestReader(other).read("tar:image.tar").image().layers()).isEqualTo(layers);
        assertThat(read("tar:image.tar").image().layers()).isEqualTo(layers);
        Path first = read("tar:image.tar").layers().file(layers.get(0).descriptor());
        assertThat(Files.readAllBytes(first)).startsWith(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
    }

    @Test
    void layersOfAnUnchangedArchiveAreNotCompressedTwice() throws IOException {
        Path archive = image.writeDockerArchive(directory.resolve("image.tar"));
        Base before = read("tar:image.tar");
        byte[] bytes = Files.readAllBytes(archive);
        // Damage where only compressing would look: in the content of a layer.
        bytes[1_000_000] ^= 1;
        Files.write(archive, bytes);

        Base after = read("tar:image.tar");

        assertThat(after.image().layers()).isEqualTo(before.image().layers());
        holdsTheImage(after);
    }

    @Test
    void indexWithPlatformsAndAttestations() throws IOException {
        TestImage arm = TestImages.withoutJava().platform("linux", "arm64", "v8");
        new TestLayout()
                .image(image, "linux/amd64", entry -> entry.putNull("artifactType"))
                .image(arm, "linux/arm64/v8", entry -> {})
                .attestation(new TestImage(ImageFormat.OCI).platform("unknown", "unknown", ""))
                .nested()
                .write(directory.resolve("layout"));

        holdsTheImage(read("oci:layout"));
        Base other = new TestReader(directory).read("oci:layout", Architecture.ARM64, Optional.empty());
        assertThat(other.digest()).hasValue(Digest.of(arm.manifest()));
        assertThat(other.image().variant()).hasValue("v8");
    }

    @Test
    void indexThatListsAnImageTwiceAndForNewerMachines() throws IOException {
        TestImage newer = TestImages.withoutJava().platform("linux", "amd64", "v3");
        new TestLayout()
                .image(newer, "linux/amd64/v3", entry -> {})
                .image(image, "linux/amd64", entry -> {})
                .image(image, "", entry -> {})
                .write(directory.resolve("layout"));

        holdsTheImage(read("oci:layout"));
    }

    @Test
    void dockerMediaTypesInAnOciLayout() throws IOException {
        TestImage docker = TestImages.awsJava();
        new TestLayout().image(docker, "linux/amd64", ObjectNode::size).write(directory.resolve("layout"));

        Base base = read("oci:layout");

        assertThat(base.image().format()).isEqualTo(ImageFormat.DOCKER);
        assertThat(base.facts().kind()).isEqualTo(BaseKind.AWS_JAVA);
    }

    @Test
    void uncompressedLayerInAManifest() throws IOException {
        TestImage uncompressed = TestImages.withoutJava();
        byte[] tar = new TarBuilder()
                .executable("usr/bin/java", "")
                .file("usr/release", "JAVA_VERSION=21")
                .build();
        uncompressed.layer("application/vnd.oci.image.layer.v1.tar", tar, tar);

        Base base = new TestReader(directory).readLayout(uncompressed);

        assertThat(base.facts().java()).hasValue(new BaseJava("/usr/bin/java", 21));
        assertThat(base.image().layers())
                .extracting(l -> l.descriptor().mediaType())
                .containsOnly("application/vnd.oci.image.layer.v1.tar+gzip");
        assertThat(base.digest()).hasValue(Digest.of(uncompressed.manifest()));
    }

    @Test
    void layerLabelledGzipThatIsNot() throws IOException {
        TestImage mislabelled = new TestImage(ImageFormat.DOCKER);
        byte[] tar = new TarBuilder().file("a", "").build();
        mislabelled.layer(ImageFormat.DOCKER.layerType(), tar, tar);

        BaseLayer layer = new TestReader(directory)
                .readLayout(mislabelled)
                .image()
                .layers()
                .get(0);

        assertThat(layer.diffId()).isEqualTo(Digest.of(tar));
        assertThat(layer.descriptor().digest()).isNotEqualTo(layer.diffId());
    }

    @Test
    void layerLabelledUncompressedThatIsGzip() throws IOException {
        TestImage mislabelled = new TestImage(ImageFormat.DOCKER);
        byte[] tar = new TarBuilder().file("a", "").build();
        byte[] gzip = TarBuilder.gzip(tar);
        mislabelled.layer("application/vnd.docker.image.rootfs.diff.tar", gzip, tar);

        BaseLayer layer = new TestReader(directory)
                .readLayout(mislabelled)
                .image()
                .layers()
                .get(0);

        assertThat(layer.descriptor().digest()).isEqualTo(Digest.of(gzip));
        assertThat(layer.descriptor().mediaType()).isEqualTo(ImageFormat.DOCKER.layerType());
    }

    @Test
    void manyEmptyAndEqualLayers() throws IOException {
        TestImage many = new TestImage(ImageFormat.OCI);
        for (int i = 0; i < 127; i++) {
            many.layer(new TarBuilder());
        }

        assertThat(new TestReader(directory).readLayout(many).image().layers()).hasSize(127);
    }
}
