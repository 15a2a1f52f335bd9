package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.Architecture.X86_64;
import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.it.NeedsIpv6;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries with an IPv6 address, and with one of each kind. */
@NeedsIpv6
@Timeout(60)
class Ipv6Test {

    private static final Credentials ALICE = new Credentials("alice", "canary-6d2c");

    @TempDir
    Path directory;

    private PushedImage push(ScriptedRegistry registry, ReadingClient client) throws MissingRepositoryException {
        ImagePush push = new PushedApp(OCI, directory.resolve("layers"))
                .layer(PushedApp.random(1, 50_000))
                .push(registry.reference("app:1"), "1");
        return client.pusher(CredentialSource.explicit("<to><auth>", ALICE)).push(push);
    }

    @Test
    void pushesAndReadsOverPlainHttpWithAPassword() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.ipv6()) {
            registry.guard(request -> request.header("Authorization")
                            .filter(ALICE.basic()::equals)
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            Fault.error(401, "UNAUTHORIZED", "who are you", "WWW-Authenticate", "Basic realm=\"r\"")));
            ReadingClient client = new ReadingClient(directory.resolve("cache"));

            assertThat(push(registry, client).uploaded()).isEqualTo(2);
            assertThat(client.with(CredentialSource.explicit("<from><auth>", ALICE))
                            .resolve(registry.reference("app:1"), X86_64)
                            .reference()
                            .registry())
                    .isEqualTo("[::1]:" + registry.port());
            assertThat(registry.received())
                    .extracting(request -> request.header("Host"))
                    .containsOnly(Optional.of("[::1]:" + registry.port()));

            registry.forget();
            assertThat(push(registry, client).unchanged()).isTrue();
            assertThat(registry.received())
                    .as("The next build knows how the registry wants to be told who asks")
                    .singleElement()
                    .extracting(request -> request.header("Authorization"))
                    .isEqualTo(Optional.of(ALICE.basic()));
        }
    }

    @Test
    void itsTokenServerIsOnTheSameAddress() throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.ipv6()) {
            registry.page("/token", "{\"token\":\"t1\"}");
            String challenge = "Bearer realm=\"http://" + registry.host() + "/token\",service=\"s\"";
            registry.guard(request -> request.path().equals("/token")
                            || request.header("Authorization")
                                    .filter("Bearer t1"::equals)
                                    .isPresent()
                    ? Optional.empty()
                    : Optional.of(Fault.error(401, "UNAUTHORIZED", "who are you", "WWW-Authenticate", challenge)));

            push(registry, new ReadingClient(directory.resolve("cache")));

            assertThat(registry.received())
                    .filteredOn(request -> request.path().equals("/token"))
                    .extracting(request -> request.header("Authorization"))
                    .containsOnly(Optional.of(ALICE.basic()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofANameWithBothKindsTheOneServesThatAnswers(boolean ipv6First) throws Exception {
        try (ScriptedRegistry registry = ScriptedRegistry.http()) {
            registry.image("base", OCI, X86_64, List.of(), "1");
            assertThat(read("both.test:" + registry.port(), ipv6First)).isEqualTo("read");
        }
        try (ScriptedRegistry registry = ScriptedRegistry.ipv6()) {
            registry.image("base", OCI, X86_64, List.of(), "1");
            assertThat(read("both.test:" + registry.port(), ipv6First)).isEqualTo("read");
        }
    }

    /** What many machines have is an IPv6 address that leads nowhere; here it is one of multicast. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void anAddressWithoutARouteKeepsNobodyFromTheNext() throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), line("ff02::1") + line("127.0.0.1"));
        try (ScriptedRegistry registry = ScriptedRegistry.http()) {
            registry.image("base", OCI, X86_64, List.of(), "1");
            assertThat(read("both.test:" + registry.port(), hosts, true)).isEqualTo("read");
        }
    }

    @Test
    void saysThatNoAddressAnswers() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            port = socket.getLocalPort();
        }

        assertThat(read("both.test:" + port, true))
                .isEqualTo("both.test:" + port + " could not be reached while reading the manifest: the connection was"
                        + " refused."
                        + "\n  Setting: <from><image> (-Dlambda-container.from.image)"
                        + "\n  Next: Check the name of the registry, the network and the proxy.");
    }

    private static String line(String address) {
        return address + " both.test localhost\n";
    }

    /** Older JDKs have the order of the file. */
    private String read(String host, boolean ipv6First) throws Exception {
        Path hosts = Files.writeString(
                directory.resolve("hosts"),
                ipv6First ? line("::1") + line("127.0.0.1") : line("127.0.0.1") + line("::1"));
        return read(host, hosts, ipv6First);
    }

    /** What a process of its own says that reads from this host. */
    private String read(String host, Path hosts, boolean ipv6First) throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Djava.net.preferIPv6Addresses=" + ipv6First,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadingProcess.class.getName(),
                        host + "/base:1",
                        directory.resolve("cache").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8).strip();
    }

    /** Reads an image in a process that was told the addresses of its host. */
    static final class ReadingProcess {

        /** A server for plain HTTP keeps the attempt over TLS waiting. */
        private static final Duration SOON = Duration.ofSeconds(3);

        private ReadingProcess() {}

        public static void main(String[] arguments) {
            try {
                new ReadingClient(Path.of(arguments[1]))
                        .with(HttpSettings.DEFAULT
                                .withTimeouts(SOON, SOON, SOON, Duration.ofMinutes(30))
                                .withAllowInsecureRegistries(true))
                        .resolve(Reference.parse(arguments[0], "from.image"), X86_64);
                System.out.println("read");
            } catch (RuntimeException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
