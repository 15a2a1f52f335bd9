package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CurrentImagesTest {

    private static final byte[] LAYER = PushedApp.random(1, 5_000);
    private static final Digest DIFF_ID = Digest.of(new byte[] {1});

    @TempDir
    Path directory;

    private final ScriptedRegistry registry = ScriptedRegistry.http();
    private ReadingClient client;
    private Descriptor layer;
    private Descriptor config;

    @BeforeEach
    void put() {
        client = new ReadingClient(directory.resolve("cache"));
        put(OCI);
    }

    private void put(ImageFormat format) {
        String json = "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"a\":\"1\",\"b\":\"2\"}},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"" + DIFF_ID + "\"]}}";
        layer = registry.blob("app", format.layerType(), LAYER);
        config = registry.blob("app", format.configType(), json.getBytes(StandardCharsets.UTF_8));
        registry.manifest(
                "app", format.manifestType(), ScriptedRegistry.manifestJson(format, config, List.of(layer)), "1", "2");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private CurrentImages images(CredentialSource... sources) {
        return client.pusher(sources).current();
    }

    private Optional<CurrentImage> find() {
        return images().find(registry.reference("app:1"));
    }

    private void assertTold(String reason) {
        assertThat(client.told).containsExactly("nothing reused of " + registry.host() + "/app:1: " + reason);
    }

    @ParameterizedTest
    @EnumSource
    void whatATagNamesIsRead(ImageFormat format) {
        put(format);

        CurrentImage image = find().orElseThrow();

        assertThat(image)
                .isEqualTo(new CurrentImage(
                        registry.reference("app:1"), List.of(layer), List.of(DIFF_ID), Map.of("a", "1", "b", "2")));
        assertThat(client.told).isEmpty();
    }

    @Test
    void itIsAskedForOnce() {
        CurrentImages images = images();
        images.find(registry.reference("app:1"));
        images.find(registry.reference("app:1"));

        assertThat(registry.requests())
                .containsExactly("GET /v2/app/manifests/1", "GET /v2/app/blobs/" + config.digest());
    }

    @Test
    void whatIsNotThereIsNotWorthAWord() {
        assertThat(images().find(registry.reference("app:3"))).isEmpty();
        assertThat(images().find(registry.reference("other:1"))).isEmpty();
        assertThat(client.told).isEmpty();
    }

    @Test
    void anIndexIsNoImageOfOurs() {
        registry.manifest(
                "app",
                OCI.indexType(),
                "{\"schemaVersion\":2,\"mediaType\":\"" + OCI.indexType() + "\",\"manifests\":[]}",
                "1");

        assertThat(find()).isEmpty();
        assertThat(client.told).isEmpty();
    }

    @Test
    void aRegistryThatFailsIsAskedOnce() {
        registry.fail("manifests/1", PushScene.times(9, Fault.status(503, "")));
        CurrentImages images = images();

        assertThat(images.find(registry.reference("app:1"))).isEmpty();
        assertThat(images.find(registry.reference("app:2"))).isEmpty();

        assertTold(registry.host() + " answered 503 while reading the tag.");
        assertThat(registry.requests()).containsExactly("GET /v2/app/manifests/1");
        assertThat(client.slept).isEmpty();
    }

    @Test
    void aRegistryThatIsSilentIsNotWaitedForLong() {
        registry.fail("manifests/1", Fault.silence());
        Connections connections = new Connections(HttpSettings.DEFAULT, client, host -> false, client.facts(), client);
        Connections.Side side = connections.side(Wording.PUSHING, List.of(), RefusalAdvice.NONE);
        CurrentImages images = new CurrentImages(connections, side, Duration.ofSeconds(1));

        assertThat(images.find(registry.reference("app:1"))).isEmpty();

        assertThat(CurrentImages.LOOKUP).isEqualTo(Duration.ofSeconds(10));
        assertTold(registry.host() + " took longer than 1 s in all while reading the tag.");
    }

    @Test
    void whoeverMayNotReadBuildsWithoutIt() {
        registry.fail("manifests/1", Fault.error(403, "DENIED", "not yours"));

        assertThat(find()).isEmpty();

        assertThat(client.told)
                .singleElement()
                .asString()
                .startsWith("nothing reused of " + registry.host() + "/app:1: The image '" + registry.host()
                        + "/app:1' could not be looked at: " + registry.host() + " answered 403 (DENIED: not yours), ");
    }

    private void refuseTokens() {
        String realm = "Bearer realm=\"http://" + registry.host() + "/token\",service=\"s\"";
        registry.guard(request -> Optional.of(
                request.path().equals("/token")
                        ? Fault.error(403, "DENIED", "not yours")
                        : Fault.error(401, "UNAUTHORIZED", "who are you", "WWW-Authenticate", realm)));
    }

    @Test
    void whatATokenServerRefusesCouldNotBeLookedAt() {
        refuseTokens();

        assertThat(find()).isEmpty();

        assertTold("The image '" + registry.host() + "/app:1' could not be looked at: " + registry.host()
                + " answered 403 (DENIED: not yours), without credentials.");
    }

    @Test
    void ofThePushThatFollowsItSaysThatItIsRefused() {
        refuseTokens();
        Pusher pusher = client.pusher();
        pusher.current().find(registry.reference("app:1"));
        ImagePush push =
                new PushedApp(OCI, directory.resolve("layers")).layer(LAYER).push(registry.reference("app:1"), "1");

        assertThatThrownBy(() -> pusher.push(push))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The image '" + registry.host() + "/app:1' may not be pushed: " + registry.host()
                        + " answered 403 (DENIED: not yours), without credentials." + PushScene.TO_AUTH
                        + "Log in with 'docker login " + registry.host()
                        + "', or give credentials that may push it.");
    }

    @Test
    void aConfigWithOtherBytesIsNotRead() {
        registry.fail("blobs/" + config.digest(), Fault.bytes("{}".getBytes(StandardCharsets.UTF_8)));

        assertThat(find()).isEmpty();

        assertTold("What it names is malformed: the digest of its config must be " + config.digest() + ", it is "
                + Digest.of("{}".getBytes(StandardCharsets.UTF_8)) + ".");
    }

    @Test
    void aManifestThatIsNoneIsNotRead() {
        registry.fail("manifests/1", Fault.bytes("<html>".getBytes(StandardCharsets.UTF_8)));

        assertThat(find()).isEmpty();

        assertTold("What it names is malformed: Unexpected character ('<' (code 60)): expected a valid value (JSON"
                + " String, Number, Array, Object or token 'null', 'true' or 'false') (line 1, column 1).");
    }

    @Test
    void nothingIsAskedOffline() {
        CurrentImages images =
                client.pusher(HttpSettings.DEFAULT.withOffline(true)).current();

        assertThat(images.find(registry.reference("app:1"))).isEmpty();
        assertThat(registry.requests()).isEmpty();
        assertThat(client.told).isEmpty();
    }

    @Test
    void nothingIsAskedAboutAPlainName() {
        HttpSettings soon = HttpSettings.DEFAULT.withTimeouts(
                Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofMillis(1));

        assertThat(client.pusher(soon).current().find(Reference.parse("hello:1", "to.image")))
                .isEmpty();
        assertThat(client.told).isEmpty();
    }

    @Test
    void aLayerIsAskedForOnce() {
        CurrentImages images = images();
        CurrentImage image = images.find(registry.reference("app:1")).orElseThrow();
        registry.forget();
        registry.fail("blobs/" + layer.digest(), PushScene.times(9, Fault.status(503, "")));

        assertThatThrownBy(() -> images.open(image, layer))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageStartingWith(registry.host() + " answered 503 while downloading a layer.");

        assertThat(registry.requests()).containsExactly("GET /v2/app/blobs/" + layer.digest());
        assertThat(client.slept).isEmpty();
    }

    @Test
    void aLayerIsVerifiedAsItIsRead() throws IOException {
        CurrentImages images = images();
        CurrentImage image = images.find(registry.reference("app:1")).orElseThrow();

        try (InputStream in = images.open(image, layer)) {
            assertThat(in.readAllBytes()).isEqualTo(LAYER);
        }

        byte[] other = LAYER.clone();
        other[4_000]++;
        registry.fail("blobs/" + layer.digest(), Fault.bytes(other));
        try (InputStream in = images.open(image, layer)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(EnvironmentFailure.class)
                    .hasMessageStartingWith(registry.host() + " gave the wrong layer for '" + registry.host()
                            + "/app:1': its digest must be " + layer.digest() + ", it is " + Digest.of(other) + ".");
        }
    }
}
