package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a function meets inside the images: the JVM, the user, the file system, names, trusted authorities. */
@NeedsContainers
class ProbeIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<String> bases() {
        return Stream.concat(
                Stream.of("scratch"),
                Stream.of(Base.AWS_JAVA_17, Base.AWS_OS_ONLY, Base.WITH_JAVA, Base.WITH_JAVA_ON_PATH, Base.WITHOUT_JAVA)
                        .map(base -> base.name().toLowerCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("bases")
    void theImageIsCompleteFromInside(String base) throws IOException {
        MavenResult image = build(base).succeed();
        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(image.archive(), api)) {
            assertSystem(ask(api, Map.of("ask", "system")));
            assertJvm(ask(api, Map.of("ask", "jvm")));
            assertTrust(api);
            container.assertRunning();
        }
    }

    @Test
    void flagsAndVariablesReachTheFunctionOnABaseOfItsOwnEntrypoint() throws IOException {
        assertFlagsAndVariables("aws_java_17");
    }

    @Test
    void flagsAndVariablesReachTheFunctionOnScratch() throws IOException {
        assertFlagsAndVariables("scratch");
    }

    private static void assertFlagsAndVariables(String base) throws IOException {
        MavenResult image = build(base)
                .property("lambda-container.container.jvmFlags", "-Dprobe.flag=set,-Xss512k")
                .property("lambda-container.container.environment", "STAGE=test,GREETING=hello world")
                .succeed();
        try (LocalFunction api = new LocalFunction();
                var container = Containers.start(image.archive(), api)) {
            assertThat(texts(ask(api, Map.of("ask", "jvm")).path("flags"))).contains("-Dprobe.flag=set", "-Xss512k");
            JsonNode environment = ask(api, Map.of("ask", "environment"));
            assertThat(environment.path("STAGE").asText()).isEqualTo("test");
            assertThat(environment.path("GREETING").asText()).isEqualTo("hello world");
            container.assertRunning();
        }
    }

    private static MavenBuild build(String base) {
        return MavenBuild.project("probe")
                .from(
                        base.equals("scratch")
                                ? base
                                : Base.valueOf(base.toUpperCase(Locale.ROOT)).reference());
    }

    static void assertSystem(JsonNode system) {
        assertThat(system.path("uid").asInt()).isEqualTo(993);
        assertThat(system.path("gid").asInt()).isEqualTo(990);
        assertThat(system.path("workingDirectory").asText()).isEqualTo("/var/task");
        assertThat(system.path("localhost").asBoolean()).isTrue();
        assertThat(system.path("resource").asText()).isEqualTo("a word from the class path");
        assertThat(system.path("temporaryFile").asText()).isEqualTo("written");
        assertThat(system.path("rootIsReadOnly").asBoolean()).isTrue();
    }

    static void assertJvm(JsonNode jvm) {
        assertThat(jvm.path("javaVersion").asInt()).isEqualTo(17);
        assertThat(jvm.path("berlin").asText()).isEqualTo("1970-01-01T01:00+01:00[Europe/Berlin]");
        assertThat(jvm.path("windows1252").asBoolean()).isTrue();
        assertThat(jvm.path("shiftJis").asBoolean()).isTrue();
        assertThat(jvm.path("german").asText()).isEqualTo("1.234,5");
        assertThat(texts(jvm.path("flags")))
                .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--add-opens=java.base/java.io=ALL-UNNAMED");
    }

    /** The image trusts the usual authorities and nobody else, and its TLS works with a server that it trusts. */
    static void assertTrust(LocalFunction api) throws IOException {
        TestCertificate certificate = TestCertificate.create(It.directory("probe-tls"));
        try (SSLServerSocket server = serve(certificate)) {
            String port = Integer.toString(server.getLocalPort());
            JsonNode untrusted = ask(api, Map.of("ask", "tls", "port", port));
            assertThat(untrusted.path("authorities").asInt()).isGreaterThan(50);
            assertThat(untrusted.path("handshake").asText()).contains("PKIX path building failed");
            JsonNode trusted =
                    ask(api, Map.of("ask", "tls", "port", port, "trust", Files.readString(certificate.certificate())));
            assertThat(trusted.path("handshake").asText()).isEqualTo("TLSv1.3");
        }
    }

    private static SSLServerSocket serve(TestCertificate certificate) throws IOException {
        SSLServerSocket server = (SSLServerSocket) certificate
                .serving()
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(() -> shakeHands(server), "tls-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static void shakeHands(SSLServerSocket server) {
        while (true) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                socket.startHandshake();
            } catch (SSLException e) {
                assertThat(e).as("a client that does not trust the server").isNotNull();
            } catch (SocketException e) {
                return;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static JsonNode ask(LocalFunction api, Map<String, String> question) throws IOException {
        return JSON.readTree(api.invoke(JSON.writeValueAsString(question), LIMIT));
    }

    private static Iterable<String> texts(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.path(i).asText())
                .toList();
    }
}
