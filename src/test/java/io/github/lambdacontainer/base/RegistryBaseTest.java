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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** So that what the image will most likely be is made while the registry answers. */
    @Test
    void tellsWhatTheTagNamedLastBeforeTheRegistryIsAsked() {
        String reference = serve(TestImages.withJavaHome());
        TestReader reader = new TestReader(directory);
        reader.read(reference);
        registry.forget();
        List<BaseFacts> told = new ArrayList<>();

        reader.read(reference, likely -> {
            assertThat(registry.requests()).isEmpty();
            told.add(likely);
        });

        assertThat(told).singleElement().extracting(BaseFacts::name).isEqualTo(reference);
        assertThat(registry.requests()).containsExactly("GET /v2/base/manifests/1");
    }

    /** So that what any base would get is made while the registry answers. */
    @Test
    void tellsWhatTheNameOfANewBaseSaysBeforeTheRegistryIsAsked() {
        String reference = serve(TestImages.awsJava());
        List<BaseFacts> supposed = new ArrayList<>();
        List<BaseFacts> told = new ArrayList<>();
        TestReader reader = new TestReader(directory);
        BaseListener listener = new BaseListener() {
            @Override
            public void supposed(BaseFacts facts) {
                assertThat(registry.requests()).isEmpty();
                supposed.add(facts);
            }

            @Override
            public void likely(BaseFacts facts) {
                told.add(facts);
            }
        };

        reader.read(reference, listener);
        reader.read(reference, listener);

        assertThat(supposed).singleElement().extracting(BaseFacts::name).isEqualTo(reference);
        assertThat(told).isNotEmpty().allMatch(facts -> facts.kind() == BaseKind.AWS_JAVA);
    }

    @Test
    void readsWhatTheTagNamesNowWhateverItNamedLast() {
        String reference = serve(TestImages.withJavaHome());
        TestReader reader = new TestReader(directory);
        reader.read(reference);
        TestImage other = TestImages.awsJava();
        serve(other);
        List<BaseKind> told = new ArrayList<>();

        Base base = reader.read(reference, likely -> told.add(likely.kind()));

        assertThat(told).containsExactly(BaseKind.WITH_JAVA, BaseKind.AWS_JAVA);
        assertThat(base.facts().kind()).isEqualTo(BaseKind.AWS_JAVA);
        assertThat(base.digest()).hasValue(Digest.of(other.manifest()));
    }

    @Test
    void aTagIsReadAgainThatNamedAnImageWhichCannotBeUsed() {
        TestReader reader = new TestReader(directory);
        TestImage broken = TestImages.withJavaHome();
        serve(broken);
        String config =
                new String(broken.config(), StandardCharsets.UTF_8).replace("\"diff_ids\":[", "\"diff_ids\":[1,");
        String digest = broken.descriptor().digest().toString();
        String other = registry.blob("base", broken.descriptor().mediaType(), config.getBytes(StandardCharsets.UTF_8))
                .digest()
                .toString();
        String manifest = new String(broken.manifest(), StandardCharsets.UTF_8)
                .replace(digest, other)
                .replace("\"size\":" + broken.config().length, "\"size\":" + config.length());
        registry.manifest("base", broken.format().manifestType(), manifest, "1");
        assertThat(catchThrowableOfType(Failure.class, () -> reader.read(registry.host() + "/base:1")))
                .isNotNull();

        String reference = serve(TestImages.withJavaHome());

        assertThat(reader.read(reference).facts().kind()).isEqualTo(BaseKind.WITH_JAVA);
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

        assertThat(failure.problems())
                .containsExactly(Problem.of(
                        "The base image '" + reference + "' is for linux/arm64, not for linux/amd64.",
                        "architectures",
                        "Choose the architecture of the base image, or another base image."));
    }

    @Test
    void layerThatIsNamedByAnotherKindOfDigestIsRefused() {
        TestImage image = TestImages.musl();
        serve(image);
        String layer = image.layers().get(0).descriptor().digest().toString();
        String sha512 = "sha512:" + "0".repeat(128);
        String manifest = new String(image.manifest(), StandardCharsets.UTF_8).replace(layer, sha512);
        registry.manifest("base", image.format().manifestType(), manifest, "1");

        Failure failure =
                catchThrowableOfType(Failure.class, () -> new TestReader(directory).read(registry.host() + "/base:1"));

        assertThat(failure.problems())
                .containsExactly(Problem.of(
                        "The base image's manifest " + Digest.of(manifest.getBytes(StandardCharsets.UTF_8))
                                + " is malformed: 'layers[0].digest' is '" + sha512 + "', not a SHA-256 digest.",
                        "from.image",
                        "Use another base image, or have this one built and pushed again."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.oci.image.layer.v1.tar+zstd | is compressed with zstd, which Lambda does not take"
                        + " | Use a base image with gzip layers; 'skopeo copy --dest-compress-format gzip"
                        + " --dest-force-compress-format' makes one.",
                "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip | is a foreign layer, which may not be"
                        + " copied to another registry | Use a base image whose layers are all its own.",
            })
    void layerThatLambdaDoesNotTakeIsRefusedBeforeAnyIsDownloaded(String mediaType, String why, String next) {
        TestImage image = TestImages.musl().layer(mediaType, new byte[] {1}, new byte[] {1});
        String reference = serve(image);

        Failure failure = catchThrowableOfType(Failure.class, () -> new TestReader(directory).read(reference));

        assertThat(failure.problems())
                .containsExactly(Problem.of(
                        "The base image '" + reference + "' cannot be used: the layer " + Digest.of(new byte[] {1})
                                + " (" + mediaType + ") " + why + ".",
                        "from.image",
                        next));
        assertThat(registry.paths())
                .containsExactly("/v2/base/manifests/1", "/v2/base/blobs/" + Digest.of(image.config()));
    }
}
