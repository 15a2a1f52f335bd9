package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {

    private static final String FROM_IMAGE = "\n  Setting: <from><image> (-Dlambda-container.from.image)\n  Next: ";
    private static final String CHANGED = FROM_IMAGE + "Do not build on this image before it is clear who changed it.";

    @TempDir
    Path cache;

    private final ScriptedRegistry registry = ScriptedRegistry.http();
    private final byte[] content = new byte[300_000];
    private ReadingClient client;
    private Descriptor layer;

    @org.junit.jupiter.api.BeforeEach
    void put() {
        new Random(1).nextBytes(content);
        layer = registry.blob("base", "layer", content);
        client = new ReadingClient(cache);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Path fetch() {
        return client.anonymous().fetch(registry.reference("base:1"), layer);
    }

    private void assertFetched() {
        assertThat(fetch()).hasBinaryContent(content);
    }

    @Test
    void downloadsOnce() {
        assertFetched();
        assertFetched();

        assertThat(registry.paths()).containsExactly("/v2/base/blobs/" + layer.digest());
        assertThat(client.told).containsExactly("downloading 300000", "downloaded 300000");
    }

    @Test
    void downloadsAgainWhatIsDamagedInTheCache() throws IOException {
        Path path = fetch();
        Files.write(path, new byte[300_000]);

        assertFetched();
    }

    @Test
    void goesOnWhereABlobWasCutOff() {
        registry.fail(layer.digest().hex(), Fault.truncated(100_000));

        assertFetched();

        assertThat(registry.received()).hasSize(2);
        assertThat(registry.received().get(1).header("Range"))
                .hasValueSatisfying(r -> assertThat(r).matches("bytes=\\d+-"));
        assertThat(client.slept).containsExactly(Duration.ofMillis(500));
    }

    @Test
    void startsOverWhenTheRegistryIgnoresTheRange() {
        registry.fail(layer.digest().hex(), Fault.truncated(100_000), Fault.bytes(content));

        assertFetched();
    }

    @Test
    void startsOverWhenTheRegistryContinuesElsewhere() {
        registry.fail(
                layer.digest().hex(),
                Fault.truncated(100_000),
                Fault.status(206, "wrong part", "Content-Range", "bytes 5-14/300000"));

        assertFetched();
        assertThat(registry.received().get(2).header("Range")).isEmpty();
    }

    @Test
    void givesUpOnABlobThatIsAlwaysCutOffAtTheSamePlace() {
        Fault[] cut = Stream.generate(() -> Fault.truncated(0)).limit(20).toArray(Fault[]::new);
        registry.fail(layer.digest().hex(), Fault.truncated(0));
        registry.fail(layer.digest().hex(), cut);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::fetch)
                .withMessage(
                        registry.host() + " could not be reached while downloading a layer: the connection broke off."
                                + FROM_IMAGE + "Check the name of the registry, the network and the proxy.");
        assertNothingKept();
    }

    @Test
    void goesOnWhereABlobStalled() {
        registry.fail(layer.digest().hex(), Fault.stalled(100_000));

        assertThat(client.with(ReadingClient.impatient()).fetch(registry.reference("base:1"), layer))
                .hasBinaryContent(content);
        assertThat(client.told).contains("waiting 500 ms while downloading a layer: no data came for 0 s");
    }

    @Test
    void keepsNothingOfABlobWithOtherBytes() {
        byte[] other = new byte[300_000];
        registry.fail(layer.digest().hex(), Fault.bytes(other));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::fetch)
                .withMessage(registry.host() + " gave the wrong layer for '" + registry.host()
                        + "/base:1': its digest must be " + layer.digest() + ", it is " + Digest.of(other) + "."
                        + CHANGED);
        assertNothingKept();
    }

    @Test
    void keepsNothingOfAShortBlob() {
        registry.fail(layer.digest().hex(), Fault.bytes(new byte[5]));

        assertWrongSize();
    }

    @Test
    void stopsReadingAnEndlessBlob() {
        registry.fail(layer.digest().hex(), Fault.endless());

        assertWrongSize();
    }

    private void assertWrongSize() {
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::fetch)
                .withMessage(registry.host() + " gave the wrong layer for '" + registry.host() + "/base:1': "
                        + layer.digest() + " must have 300000 bytes." + CHANGED);
        assertNothingKept();
    }

    @Test
    void saysThatALayerIsMissingOffline() {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() ->
                        client.with(HttpSettings.DEFAULT.withOffline(true)).fetch(registry.reference("base:1"), layer))
                .withMessage("The layer " + layer.digest() + " of the base image '" + registry.host()
                        + "/base:1' is not in the cache, and Maven works offline." + FROM_IMAGE
                        + "Run the build once without -o.");
        assertThat(registry.received()).isEmpty();
    }

    private void assertNothingKept() {
        try (Stream<Path> files = Files.walk(cache)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
