package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.Architecture.X86_64;
import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.lambdacontainer.ecr.ConnectProxy;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {

    private static final String CHECK = "\n  Setting: <from><image> (-Dlambda-container.from.image)\n"
            + "  Next: Check the name of the registry, the network and the proxy.";

    @TempDir
    Path cache;

    @TempDir
    Path keys;

    private final ScriptedRegistry registry = ScriptedRegistry.http();
    private ReadingClient client;

    @BeforeEach
    void put() {
        registry.image("base", OCI, X86_64, List.of(), "1");
        client = new ReadingClient(cache);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ResolvedImage resolve() {
        return client.anonymous().resolve(registry.reference("base:1"), X86_64);
    }

    private static Fault[] times(int count, Fault fault) {
        return Collections.nCopies(count, fault).toArray(Fault[]::new);
    }

    @Test
    void outlastsABurstOfServerErrors() {
        registry.fail(
                "/manifests/1",
                Fault.status(500, ""),
                Fault.status(502, ""),
                Fault.status(503, ""),
                Fault.status(504, ""));

        resolve();

        assertThat(client.slept.stream().map(Duration::toMillis)).containsExactly(500L, 1000L, 2000L, 4000L);
        assertThat(client.told).first().isEqualTo("waiting 500 ms while reading the manifest: it answered 500");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 520, 529})
    void outlastsWhatIsTemporary(int status) {
        registry.fail("/manifests/1", Fault.status(status, ""));

        assertThat(resolve().mediaType()).isEqualTo(OCI.manifestType());
        assertThat(client.slept).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {405, 410, 501, 505})
    void saysAtOnceWhatIsNot(int status) {
        registry.fail("/manifests/1", Fault.status(status, ""), Fault.status(status, ""));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::resolve)
                .withMessageStartingWith(registry.host() + " answered " + status + " while reading the manifest.");
        assertThat(client.slept).isEmpty();
    }

    @Test
    void givesUpOnAServerThatKeepsFailing() {
        registry.fail("/manifests/1", times(5, Fault.error(503, "UNAVAILABLE", "down")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::resolve)
                .withMessage(registry.host() + " answered 503 (UNAVAILABLE: down) 5 times while reading the manifest.\n"
                        + "  Setting: <from><image> (-Dlambda-container.from.image)\n"
                        + "  Next: Try again later.");
    }

    @Test
    void waitsAsLongAsARegistryAsksWithinBounds() {
        registry.fail(
                "/manifests/1",
                Fault.status(429, "", "Retry-After", "7"),
                Fault.status(429, "", "Retry-After", "Mon, 23 Nov 2026 12:00:20 GMT"),
                Fault.status(429, "", "Retry-After", "99999999999999999999"),
                Fault.status(429, "", "Retry-After", "soon"));

        resolve();

        assertThat(client.slept.stream().map(Duration::toMillis)).containsExactly(7000L, 13000L, 60000L, 4000L);
    }

    @Test
    void pausesWhereTheTimeThatARegistryAsksForIsOver() {
        registry.fail(
                "/manifests/1",
                Fault.status(429, "", "Retry-After", "0"),
                Fault.status(429, "", "Retry-After", "Mon, 23 Nov 2026 11:59:30 GMT"));

        resolve();

        assertThat(client.slept.stream().map(Duration::toMillis)).containsExactly(500L, 1000L);
    }

    @Test
    void saysThatItIsRateLimited() {
        registry.fail("/manifests/1", times(5, Fault.error(429, "TOOMANYREQUESTS", "slow down")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::resolve)
                .withMessage("The requests of this build are rate limited: " + registry.host()
                        + " answered 429 (TOOMANYREQUESTS: slow down) 5 times while reading the manifest.\n"
                        + "  Setting: <from><auth> (-Dlambda-container.from.auth)\n"
                        + "  Next: Try again later, or log in: most registries allow more to those they know.");
    }

    @Test
    void neverWaitsBeyondTheWholeOperation() {
        registry.fail("/manifests/1", Fault.status(503, "", "Retry-After", "30"));
        Duration second = Duration.ofSeconds(1);
        HttpSettings hasty = HttpSettings.DEFAULT.withTimeouts(second, second, second, Duration.ofSeconds(20));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.with(hasty).resolve(registry.reference("base:1"), X86_64))
                .withMessageStartingWith(registry.host() + " answered 503 while reading the manifest.");
        assertThat(client.slept).isEmpty();
    }

    @Test
    void readsAManifestAgainThatWasCutOff() {
        registry.fail("/manifests/1", Fault.truncated(10));

        assertThat(resolve().mediaType()).isEqualTo(OCI.manifestType());
    }

    @Test
    void saysThatARegistryNeverAnswers() {
        registry.fail("/manifests/1", times(5, Fault.silence()));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.with(ReadingClient.impatient()).resolve(registry.reference("base:1"), X86_64))
                .withMessage(registry.host()
                        + " could not be reached while reading the manifest: there was no answer within 0 s." + CHECK);
    }

    @Test
    void saysThatTheTimeForTheWholeOperationIsOver() {
        registry.fail("/manifests/1", times(5, Fault.silence()));
        Duration patient = Duration.ofSeconds(30);
        HttpSettings hasty = HttpSettings.DEFAULT.withTimeouts(patient, patient, patient, Duration.ofSeconds(1));
        Connections connections = new Connections(hasty, client, host -> false, client.facts(), Timing.SYSTEM);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.registries(connections).resolve(registry.reference("base:1"), X86_64))
                .withMessage(registry.host() + " took longer than 1 s in all while reading the manifest.\n"
                        + "  Setting: <from><image> (-Dlambda-container.from.image)\n"
                        + "  Next: Check the network and the proxy, and run the build again.");
    }

    @ParameterizedTest
    @CsvSource({"0, 1800", "262144, 1801", "10737418240, 42760"})
    void givesALargeUploadMoreTime(long size, long seconds) {
        Deadline deadline =
                new Connections(HttpSettings.DEFAULT, client, host -> false, client.facts(), client).deadline(size);

        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void saysThatTheConnectionWasRefused() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Reference reference = Reference.parse("localhost:" + port + "/base:1", "from.image");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.anonymous().resolve(reference, X86_64))
                .withMessage("localhost:" + port
                        + " could not be reached while reading the manifest: the connection was refused." + CHECK);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatNoConnectionCameAbout() throws IOException {
        Duration soon = Duration.ofMillis(200);
        Duration late = Duration.ofSeconds(30);
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);
            Reference reference = Reference.parse("127.0.0.1:" + full.getLocalPort() + "/base:1", "from.image");

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(
                                    HttpSettings.DEFAULT.withTimeouts(soon, late, late, Duration.ofMinutes(30)))
                            .resolve(reference, X86_64))
                    .withMessage(reference.registry() + " could not be reached while reading the manifest: there was no"
                            + " connection within 0 s." + CHECK);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Linux lets no further connection come about once as many wait as the socket holds, and one more. */
    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        while (waiting.size() < 10) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new AssertionError("The socket takes all connections");
    }

    @Test
    void saysAtOnceThatAHostIsNotKnown() {
        Reference reference = Reference.parse("registry.invalid/base:1", "from.image");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.anonymous().resolve(reference, X86_64))
                .withMessage("registry.invalid could not be reached while reading the manifest: the host is not known."
                        + CHECK);
        assertThat(client.slept).isEmpty();
    }

    @Test
    void sendsNoAuthorizationToAnotherHost() {
        try (ScriptedRegistry other = ScriptedRegistry.http()) {
            byte[] config = client.anonymous()
                    .resolve(registry.reference("base:1"), X86_64)
                    .config()
                    .bytes();
            client = new ReadingClient(cache.resolve("other"));
            other.page("/config", new String(config));
            registry.guard(request -> Optional.of(
                            request.header("Authorization").isEmpty()
                                    ? Fault.status(401, "", "WWW-Authenticate", "Basic")
                                    : Fault.redirect("http://" + other.host() + "/config"))
                    .filter(f -> request.path().contains("/blobs/")));

            client.with(CredentialSource.explicit("x", new Credentials("alice", "secret")))
                    .resolve(registry.reference("base:1"), X86_64);

            assertThat(registry.received().get(registry.received().size() - 1).header("Authorization"))
                    .isPresent();
            assertThat(other.received()).hasSize(1);
            assertThat(other.received().get(0).header("Authorization")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "403, 'The base image ''$R/base:1'' may not be read: $S, to which $R sent the build, answered 403 while reading"
                + " the image config, without credentials, as those for the registry are sent to no other host.'",
        "404, $S answered 404 while reading the image config."
    })
    void saysThatTheHostRefusesThatTheRegistrySendsTo(int status, String what) {
        try (ScriptedRegistry storage = ScriptedRegistry.http()) {
            storage.guard(request -> Optional.of(Fault.status(status, "")));
            registry.guard(request -> Optional.of(
                            request.header("Authorization").isEmpty()
                                    ? Fault.status(401, "", "WWW-Authenticate", "Basic")
                                    : Fault.redirect("http://" + storage.host() + "/config"))
                    .filter(f -> request.path().contains("/blobs/")));

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(CredentialSource.explicit("x", new Credentials("alice", "secret")))
                            .resolve(registry.reference("base:1"), X86_64))
                    .withMessageStartingWith(what.replace("$R", registry.host()).replace("$S", storage.host()) + "\n");
            assertThat(storage.received()).hasSize(1);
            assertThat(storage.received().get(0).header("Authorization")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "503, '$S answered 503 5 times while reading the image config.', Try again later.",
        "429, 'The requests of this build are rate limited: $S answered 429 5 times while reading the image config.',"
                + " Try again later.",
        "501, $S answered 501 while reading the image config., 'Ask who runs $S, to which $R sent the build.'"
    })
    void saysWhichHostItWasThatFailed(int status, String what, String next) {
        try (ScriptedRegistry storage = ScriptedRegistry.http()) {
            storage.guard(request -> Optional.of(Fault.status(status, "")));
            registry.guard(request -> Optional.of(Fault.redirect("http://" + storage.host() + "/config"))
                    .filter(f -> request.path().contains("/blobs/")));
            String message = what + "\n  Setting: <from><image> (-Dlambda-container.from.image)\n  Next: " + next;

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(this::resolve)
                    .withMessage(message.replace("$R", registry.host()).replace("$S", storage.host()));
        }
    }

    @Test
    void followsOnlySoManyRedirects() {
        registry.fail("/manifests/1", times(9, Fault.redirect("/v2/base/manifests/1")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::resolve)
                .withMessageStartingWith("localhost redirected the build more than 5 times in a row while reading the"
                        + " manifest, which was not followed.");
        assertThat(registry.received()).hasSize(6);
    }

    @Test
    void followsNoRedirectToPlainHttpElsewhere() {
        registry.fail("/manifests/1", Fault.redirect("http://example.com/x?signature=abc"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(this::resolve)
                .withMessageStartingWith("localhost redirected the build to 'example.com' over plain HTTP while reading"
                        + " the manifest, which was not followed.");
    }

    @Test
    void readsOverTlsAndNeverRedirectsToPlainHttp() {
        SSLContext before = defaultContext();
        TestKeys key = TestKeys.create(keys);
        SSLContext.setDefault(key.context());
        try (ScriptedRegistry secure = ScriptedRegistry.https(key)) {
            secure.image("base", OCI, X86_64, List.of(), "1", "2");
            secure.fail("/manifests/2", Fault.redirect("http://" + registry.host() + "/v2/base/manifests/1"));
            Registries registries = client.anonymous();

            assertThat(registries.resolve(secure.reference("base:1"), X86_64).mediaType())
                    .isEqualTo(OCI.manifestType());
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> registries.resolve(secure.reference("base:2"), X86_64))
                    .withMessageStartingWith("localhost redirected the build to 'localhost' over plain HTTP");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void saysAtOnceThatACertificateIsNotTrusted() {
        try (ScriptedRegistry secure = ScriptedRegistry.https(TestKeys.create(keys))) {
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.anonymous().resolve(secure.reference("base:1"), X86_64))
                    .withMessage(secure.host()
                            + " could not be reached while reading the manifest: its certificate is not trusted."
                            + CHECK);
            assertThat(client.slept).isEmpty();
        }
    }

    private static SSLContext defaultContext() {
        try {
            return SSLContext.getDefault();
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void saysThatTheProxyRefusesThePassword(boolean allowInsecureRegistries) {
        try (ConnectProxy proxy = ConnectProxy.start()) {
            proxy.wantPassword("user", "another");
            HttpSettings proxied = HttpSettings.DEFAULT
                    .withProxies(proxy.selector(), uri -> Optional.of(new Credentials("user", "canary-77ab")))
                    .withAllowInsecureRegistries(allowInsecureRegistries);

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(proxied)
                            .resolve(Reference.parse("registry.example.com/base:1", "from.image"), X86_64))
                    .withMessage("registry.example.com could not be reached while reading the manifest: the proxy"
                            + " refused the user and the password that settings.xml has for it (407)." + CHECK);
            assertThat(client.slept).isEmpty();
            assertThat(proxy.hosts()).containsOnly("registry.example.com");
        }
    }

    @Test
    void saysThatTheProxyWantsAPassword() {
        try (ConnectProxy proxy = ConnectProxy.start()) {
            proxy.wantPassword("user", "pass");
            HttpSettings proxied = HttpSettings.DEFAULT.withProxies(proxy.selector(), uri -> Optional.empty());

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(proxied)
                            .resolve(Reference.parse("registry.example.com/base:1", "from.image"), X86_64))
                    .withMessage("registry.example.com could not be reached while reading the manifest: the proxy wants"
                            + " a user and a password (407), and settings.xml has none for it." + CHECK);
            assertThat(client.slept).isEmpty();
        }
    }

    /** The kernel has no route for TCP to a multicast address, whatever the network, and sends nothing. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatThereIsNoRoute() {
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() ->
                        client.anonymous().resolve(Reference.parse("224.0.0.1:5000/base:1", "from.image"), X86_64))
                .withMessage("224.0.0.1:5000 could not be reached while reading the manifest: there is no route to it."
                        + CHECK);
    }

    static Stream<Arguments> connectFailures() {
        return Stream.of(
                arguments(new NoRouteToHostException("No route to host"), "there is no route to it"),
                arguments(new SocketException("Das Netzwerk ist nicht erreichbar"), "there is no route to it"),
                arguments(new UnsupportedAddressTypeException(), "there is no route to it"),
                arguments(new ConnectException("Connection refused"), "the connection was refused"),
                arguments(new ClosedChannelException(), "the connection was refused"));
    }

    @ParameterizedTest
    @MethodSource("connectFailures")
    void tellsNoRouteFromARefusedConnection(Exception cause, String reason) {
        ConnectException failure = new ConnectException(cause.getMessage());
        failure.initCause(cause);

        assertThat(new Messages(Wording.READING, new Redactor(), HttpSettings.DEFAULT).reason(failure))
                .isEqualTo(reason);
    }

    /** A proxy that opens no tunnel speaks for itself: whoever takes its word for the registry's tells it passwords. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"",
                "401 Unauthorized\r\nWWW-Authenticate: Bearer realm=\"https://tokens.example.com/token\"",
                "302 Found\r\nLocation: https://elsewhere.example.com/",
                "404 Not Found"
            })
    void takesNothingFromAProxyForTheWordOfTheRegistry(String answer) {
        try (ConnectProxy proxy = ConnectProxy.start()) {
            proxy.answerElsewhere(answer);
            HttpSettings proxied = HttpSettings.DEFAULT.withProxies(proxy.selector(), uri -> Optional.empty());

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(proxied)
                            .resolve(Reference.parse("registry.example.com/base:1", "from.image"), X86_64))
                    .withMessage(
                            "registry.example.com could not be reached while reading the manifest: the proxy opened"
                                    + " no tunnel to it (" + answer.substring(0, 3) + ")." + CHECK);
            assertThat(proxy.hosts()).containsOnly("registry.example.com");
        }
    }

    @Test
    void asksTheProxyForAnIpv6Address() {
        try (ConnectProxy proxy = ConnectProxy.start()) {
            HttpSettings proxied = HttpSettings.DEFAULT.withProxies(proxy.selector(), uri -> Optional.empty());

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(proxied)
                            .resolve(Reference.parse("[2001:db8::1]:5000/base:1", "from.image"), X86_64))
                    .withMessage("[2001:db8::1]:5000 could not be reached while reading the manifest: the proxy opened"
                            + " no tunnel to it (502)." + CHECK);
            assertThat(proxy.hosts()).containsOnly("[2001:db8::1]");
        }
    }

    @Test
    void readsPlainHttpElsewhereOnlyIfAllowedAndSaysSo() {
        Reference elsewhere = Reference.parse("registry.example.com/base:1", "from.image");
        HttpSettings proxied = ReadingClient.impatient()
                .withProxies(
                        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port())),
                        uri -> Optional.empty());

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.with(proxied).resolve(elsewhere, X86_64));
        assertThat(Stream.of("/v2/base/manifests/1")).noneMatch(registry.paths()::contains);

        client.with(proxied.withAllowInsecureRegistries(true)).resolve(elsewhere, X86_64);
        assertThat(client.told).contains("insecure registry.example.com");
    }

    @Test
    void readsWhatIsCachedOffline() {
        ResolvedImage online = resolve();
        int requests = registry.received().size();
        HttpSettings offline = HttpSettings.DEFAULT.withOffline(true);

        assertThat(client.with(offline).resolve(registry.reference("base:1"), X86_64))
                .isEqualTo(online);
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> client.with(offline).resolve(registry.reference("base:2"), X86_64))
                .withMessage("The manifest of the base image '" + registry.host()
                        + "/base:2' is not in the cache, and Maven works offline.\n"
                        + "  Setting: <from><image> (-Dlambda-container.from.image)\n"
                        + "  Next: Run the build once without -o.");
        assertThat(registry.received()).hasSize(requests);
    }
}
