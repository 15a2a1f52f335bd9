package io.github.lambdacontainer.ecr;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Stands before a server for HTTPS and gives its answers the date of another clock, which the JDK's own server does not
 * let anybody set. One request a connection, one connection at a time.
 */
final class OtherClock implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);

    private final ServerSocket server;
    private final SSLContext context;
    private final int port;
    private final Duration ahead;
    private final Thread thread = new Thread(this::serve, "other-clock");

    private OtherClock(ServerSocket server, SSLContext context, int port, Duration ahead) {
        this.server = server;
        this.context = context;
        this.port = port;
        this.ahead = ahead;
        thread.setDaemon(true);
        thread.start();
    }

    /** Before this port of this machine, whose key the process trusts, with a clock that is so far ahead. */
    static OtherClock before(int port, Duration ahead) {
        try {
            SSLContext context = SSLContext.getDefault();
            ServerSocket server =
                    context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
            return new OtherClock(server, context, port, ahead);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** What this clock shows. */
    Instant now() {
        return Instant.now().plus(ahead);
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(answer(request(client.getInputStream())));
            } catch (IOException e) {
                // Whoever asked, or the test, has ended it.
            }
        }
    }

    private static byte[] request(InputStream in) throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            request.append((char) next);
        }
        Matcher length = LENGTH.matcher(request);
        byte[] body = in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0);
        String head = request.toString().replaceFirst("\r\n", "\r\nConnection: close\r\n");
        return (head + new String(body, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    private byte[] answer(byte[] request) throws IOException {
        try (Socket target = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            target.getOutputStream().write(request);
            String answer = new String(target.getInputStream().readAllBytes(), ISO_8859_1);
            String date = HTTP_DATE.format(now().atZone(ZoneOffset.UTC));
            return answer.replaceFirst("(?i)\r\ndate:[^\r]*", "\r\nConnection: close\r\nDate: " + date)
                    .getBytes(ISO_8859_1);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            thread.join(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
