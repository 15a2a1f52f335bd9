package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.Architecture.ARM64;
import static io.github.lambdacontainer.image.Architecture.X86_64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.it.NeedsIpv6;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads from the registry that Debian packages, and pushes to it. */
class DockerRegistryIT {

    private static final Credentials ALICE = new Credentials("alice", "wonderland");
    private static final Credentials AWS = new Credentials("AWS", "canary-5e1d");

    private static final Path SKOPEO = Path.of("/usr/bin/skopeo");

    @TempDir
    Path directory;

    private final byte[] layer = new byte[200_000];

    @BeforeEach
    void needsTheRegistry() {
        assumeTrue(Files.exists(DockerRegistry.PROGRAM));
    }

    @Test
    void readsAnImageOverPlainHttp() throws Exception {
        try (DockerRegistry registry = DockerRegistry.start(directory, "", "")) {
            Descriptor pushed =
                    new RawPusher("http://" + registry.host(), Optional.empty(), HttpClient.newHttpClient()).push();
            Reference reference = Reference.parse(registry.host() + "/team/base:1", "from.image");
            Registries registries = new ReadingClient(directory.resolve("cache")).anonymous();

            ResolvedImage image = registries.resolve(reference, X86_64);

            assertThat(image.manifest().digest()).isEqualTo(pushed.digest());
            assertThat(registries.fetch(reference, new Descriptor("layer", Digest.of(layer), layer.length)))
                    .hasBinaryContent(layer);
            assertThatExceptionOfType(UserFailure.class)
                    .isThrownBy(() -> registries.resolve(reference, ARM64))
                    .withMessageContaining("is for linux/amd64, not for linux/arm64.");
            assertThatExceptionOfType(UserFailure.class)
                    .isThrownBy(() ->
                            registries.resolve(Reference.parse(registry.host() + "/team/base:2", "from.image"), X86_64))
                    .withMessageContaining(" answered 404 (MANIFEST_UNKNOWN: manifest unknown).");
        }
    }

    @Test
    @NeedsIpv6
    void readsAndPushesAtAnIpv6Address() throws Exception {
        try (DockerRegistry registry =
                DockerRegistry.start(directory, "[::1]", InetAddress.getByName("::1"), "", auth(AWS))) {
            ReadingClient client = new ReadingClient(directory.resolve("cache"));
            CredentialSource source = CredentialSource.explicit("<to><auth>", AWS);
            ImagePush push = new PushedApp(ImageFormat.OCI, directory.resolve("layers"))
                    .layer(PushedApp.random(4, 100_000))
                    .push(Reference.parse(registry.host() + "/team/app:1", "to.image"), "1");

            assertThat(client.pusher(source).push(push).uploaded()).isEqualTo(2);
            assertThat(client.pusher(source).push(push).unchanged()).isTrue();
            assertThat(client.with(source)
                            .resolve(push.target(), X86_64)
                            .manifest()
                            .digest())
                    .isEqualTo(push.manifest().digest());
            assertThat(client.slept).isEmpty();
        }
    }

    @Test
    void readsAnImageOverTlsWithAPassword() throws Exception {
        TestKeys keys = TestKeys.create(directory);
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(keys.context());
        try (DockerRegistry registry = DockerRegistry.start(directory, tls(keys), auth(ALICE))) {
            RawPusher pusher = new RawPusher(
                    "https://" + registry.host(),
                    Optional.of(ALICE),
                    HttpClient.newBuilder().sslContext(keys.context()).build());
            Descriptor pushed = pusher.push();
            Reference reference = Reference.parse(registry.host() + "/team/base:1", "from.image");
            ReadingClient client = new ReadingClient(directory.resolve("cache"));

            assertThat(client.with(CredentialSource.explicit("x", ALICE))
                            .resolve(reference, X86_64)
                            .manifest()
                            .digest())
                    .isEqualTo(pushed.digest());
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(CredentialSource.explicit("x", new Credentials("alice", "wrong")))
                            .resolve(reference, X86_64))
                    .withMessageContaining(
                            " answered 401 (UNAUTHORIZED: authentication required), with the credentials from x.");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    /** Two layers of a base that is in another repository, one of the application, which is larger than one frame. */
    private ImagePush image(String host, Descriptor base, ImageFormat format, String... tags) {
        return new PushedApp(format, directory.resolve("layers"))
                .base(Reference.parse(host + "/team/base:1", "from.image"), base)
                .layer(PushedApp.random(3, 3_000_000))
                .layer(PushedApp.random(4, 100))
                .push(Reference.parse(host + "/team/app:1", "to.image"), List.of(tags), List.of());
    }

    private void assertReadable(String reference, Descriptor expected, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("skopeo", "inspect", "--raw"));
        command.addAll(List.of(options));
        command.add("docker://" + reference);
        Path out = directory.resolve("inspected");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(directory.resolve("skopeo.log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(directory.resolve("skopeo.log")))
                .isZero();
        assertThat(Digest.of(Files.readAllBytes(out))).isEqualTo(expected.digest());
    }

    private static Descriptor manifest(ImagePush push) {
        return new Descriptor(
                push.format().manifestType(),
                push.manifest().digest(),
                push.manifest().size());
    }

    @ParameterizedTest
    @EnumSource(ImageFormat.class)
    void pushesAnImageOverPlainHttp(ImageFormat format) throws Exception {
        assumeTrue(Files.exists(SKOPEO));
        try (DockerRegistry registry = DockerRegistry.start(directory, "", "")) {
            new RawPusher("http://" + registry.host(), Optional.empty(), HttpClient.newHttpClient()).push();
            Descriptor base = new Descriptor("layer", Digest.of(layer), layer.length);
            ReadingClient client = new ReadingClient(directory.resolve("cache"));
            ImagePush push = image(registry.host(), base, format, "1", "latest");

            PushedImage pushed = client.pusher().push(push);

            assertThat(pushed.mounted()).isEqualTo(1);
            assertThat(pushed.uploaded()).isEqualTo(3);
            assertThat(client.pusher().push(push).unchanged()).isTrue();
            assertThat(client.slept).isEmpty();
            assertReadable(registry.host() + "/team/app:latest", manifest(push), "--tls-verify=false");
            assertReadable(
                    registry.host() + "/team/app@" + push.manifest().digest(), manifest(push), "--tls-verify=false");
        }
    }

    @Test
    void pushesAnImageOverTlsWithAPassword() throws Exception {
        assumeTrue(Files.exists(SKOPEO));
        TestKeys keys = TestKeys.create(directory);
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(keys.context());
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        try (DockerRegistry registry = DockerRegistry.start(directory, tls(keys), auth(AWS));
                DockerRegistry source = DockerRegistry.start(elsewhere, "", "")) {
            new RawPusher("http://" + source.host(), Optional.empty(), HttpClient.newHttpClient()).push();
            ReadingClient client = new ReadingClient(directory.resolve("cache"));
            ImagePush push = new PushedApp(ImageFormat.OCI, directory.resolve("layers"))
                    .base(
                            Reference.parse(source.host() + "/team/base:1", "from.image"),
                            new Descriptor("layer", Digest.of(layer), layer.length))
                    .layer(PushedApp.random(3, 3_000_000))
                    .push(Reference.parse(registry.host() + "/team/app:1", "to.image"), "1");

            PushedImage pushed =
                    client.pusher(CredentialSource.explicit("<to><auth>", AWS)).push(push);

            assertThat(pushed.uploaded()).isEqualTo(3);
            assertThat(client.slept).isEmpty();
            PushedImage again =
                    client.pusher(CredentialSource.explicit("<to><auth>", AWS)).push(push);
            assertThat(again.unchanged()).isTrue();
            String login = AWS.username() + ":" + AWS.password();
            assertReadable(registry.host() + "/team/app:1", manifest(push), "--tls-verify=false", "--creds", login);
            // The first push was refused once before it said who asks, the second, which found the tag, was not.
            assertThat(registry.requests())
                    .filteredOn(request -> request.startsWith("HEAD /v2/team/app/manifests/1 "))
                    .hasSize(3);
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.pusher(
                                    CredentialSource.explicit("<to><auth>", new Credentials("AWS", "canary-wrong")))
                            .push(push))
                    .withMessageStartingWith("The image '" + registry.host() + "/team/app:1' may not be pushed: ")
                    .withMessageContaining(
                            " answered 401 (UNAUTHORIZED: authentication required), with the credentials from"
                                    + " <to><auth>.")
                    .withMessageNotContaining("canary");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    private String tls(TestKeys keys) throws Exception {
        PrivateKey key = (PrivateKey) keys.store().getKey("key", keys.password());
        Path keyFile = pem("key.pem", "PRIVATE KEY", key.getEncoded());
        Path certificate = pem(
                "cert.pem", "CERTIFICATE", keys.store().getCertificate("key").getEncoded());
        return "  tls:\n    certificate: " + certificate + "\n    key: " + keyFile + "\n";
    }

    private Path pem(String name, String type, byte[] content) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                directory.resolve(name), "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    private String auth(Credentials user) throws Exception {
        Path file = directory.resolve("htpasswd");
        Process process = new ProcessBuilder("htpasswd", "-Bbn", user.username(), user.password())
                .redirectOutput(file.toFile())
                .start();
        assertThat(process.waitFor()).isZero();
        return "auth:\n  htpasswd:\n    realm: test\n    path: " + file + "\n";
    }

    /** Pushes one image as the distribution specification describes it. */
    private final class RawPusher {

        private final String origin;
        private final Optional<Credentials> credentials;
        private final HttpClient http;

        RawPusher(String origin, Optional<Credentials> credentials, HttpClient http) {
            this.origin = origin;
            this.credentials = credentials;
            this.http = http;
        }

        Descriptor push() throws Exception {
            byte[] config = "{\"architecture\":\"amd64\",\"os\":\"linux\"}".getBytes();
            ImageFormat format = ImageFormat.DOCKER;
            byte[] manifest = ScriptedRegistry.manifestJson(
                            format, blob(format.configType(), config), List.of(blob(format.layerType(), layer)))
                    .getBytes();
            send("PUT", URI.create(origin + "/v2/team/base/manifests/1"), format.manifestType(), manifest);
            return new Descriptor(format.manifestType(), Digest.of(manifest), manifest.length);
        }

        private Descriptor blob(String mediaType, byte[] content) throws Exception {
            Digest digest = Digest.of(content);
            URI uploads = URI.create(origin + "/v2/team/base/blobs/uploads/");
            String location = send("POST", uploads, mediaType, new byte[0])
                    .headers()
                    .firstValue("Location")
                    .orElseThrow();
            URI upload = URI.create(uploads.resolve(location) + "&digest=" + digest);
            send("PUT", upload, "application/octet-stream", content);
            return new Descriptor(mediaType, digest, content.length);
        }

        private HttpResponse<String> send(String method, URI uri, String type, byte[] body) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", type)
                    .method(method, BodyPublishers.ofByteArray(body));
            credentials.ifPresent(c -> request.header("Authorization", c.basic()));
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
            return response;
        }
    }
}
