package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryBaseTest {

    private final ScriptedRegistry registry = ScriptedRegistry.http();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        registry.close();
    }

    private String serve(TestImage image) {
        registry.blob("base", image.descriptor().mediaType(), image.config());
        image.layers().forEach(layer -> registry.blob("base", layer.mediaType(), layer.blob()));
        String manifest = new String(image.manifest(), StandardCharsets.UTF_8);
        registry.manifest("base", image.format().manifestType(), manifest, "1");
        return registry.host() + "/base:1";
    }

    @Test
    void imageOfARegistryIsReadWithItsLayers() throws IOException {
        TestImage image = TestImages.awsJava();
        String reference = serve(image);

        Base base = new TestReader(directory).read(reference);

        assertThat(base.digest()).hasValue(Digest.of(image.manifest()));
        assertThat(base.facts().name()).isEqualTo(reference);
        assertThat(base.facts().kind()).isEqualTo(BaseKind.AWS_JAVA);
        Path first = base.layers().file(base.image().layers().get(0).descriptor());
        assertThat(Files.readAllBytes(first)).isEqualTo(image.layers().get(0).blob());
    }

    @Test
    void uncompressedLayerOfARegistryIsCompressedOnce() {
        byte[] tar = new TarBuilder().executable("usr/bin/x", "").build();
        TestImage image = TestImages.withoutJava().layer("application/vnd.oci.image.layer.v1.tar", tar, tar);
        String reference = serve(image);

        Base base = new TestReader(directory).read(reference);

        assertThat(base.image().layers().get(1).diffId()).isEqualTo(Digest.of(tar));
        assertThat(base.image().layers().get(1).descriptor().digest()).isNotEqualTo(Digest.of(tar));
        assertThat(base.layers().file(base.image().layers().get(1).descriptor()))
                .isRegularFile();
    }

    @Test
    void layerWithAnotherDiffIdIsRefused() {
        TestImage image = TestImages.musl().diffId(0, Digest.of(new byte[0]));
        String reference = serve(image);

        Failure failure = catchThrowableOfType(Failure.class, () -> new TestReader(directory).read(reference));

        TestImage.LayerBlob layer = image.layers().get(0);
        assertThat(failure.problems())
                .containsExactly(Problem.of(
                        "The base image '" + reference + "' cannot be used: the content of the layer "
                                + layer.descriptor().digest() + " has the digest " + Digest.of(layer.tar())
                                + ", and the config says " + Digest.of(new byte[0]) + ".",
                        "from.image",
                        "Write it again with the tool that made it, or use another base image."));
    }

    @Test
    void singleManifestForAnotherArchitectureIsRefused() {
        String reference = serve(TestImages.musl().platform("linux", "arm64", "v8"));

        Failure failure = catchThrowableOfType(Failure.class, () -> new TestReader(directory).read(reference));

        assertThat(failure).isNotNull().hasMessageContaining("linux/arm64");
    }
}
