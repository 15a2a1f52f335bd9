package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class HttpTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Http http = new Http(HttpSettings.DEFAULT);

    private static String reasonOf(IOException failure) {
        return NetworkFailures.reason(failure, HttpSettings.DEFAULT);
    }

    private IOException failureAt(String scheme, int port) {
        Request request = Request.get(URI.create(scheme + "://localhost:" + port + "/"), Map.of());
        return catchThrowableOfType(IOException.class, () -> http.send(request, Deadline.after(Timing.SYSTEM, LONG)));
    }

    /** As firewalls do to connections whose TLS names a host that they do not like. */
    @ParameterizedTest
    @CsvSource({"http,true", "http,false", "https,true", "https,false"})
    void tellsAConnectionThatBreaksOffFromOneThatThereWasNot(String scheme, boolean reset) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread breaking = new Thread(() -> breakOff(server, reset));
            breaking.setDaemon(true);
            breaking.start();

            assertThat(reasonOf(failureAt(scheme, server.getLocalPort())))
                    .isIn("the connection broke off", "the TLS handshake failed");
        }
    }

    private static void breakOff(ServerSocket server, boolean reset) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    // With linger 0 the connection is reset (socket(7), SO_LINGER).
                    socket.setSoLinger(reset, 0);
                    assertThat(socket.getInputStream().read()).isPositive();
                }
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }

        assertThat(reasonOf(failureAt("https", port))).isEqualTo("the connection was refused");
    }
}
