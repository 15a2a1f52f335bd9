package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on loopback that leads every tunnel (RFC 9110, CONNECT) to one server, whatever host was asked for. */
final class TunnelProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tunnel-proxy");
        thread.setDaemon(true);
        return thread;
    });

    TunnelProxy(String target) {
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.target = Integer.parseInt(target.substring(target.indexOf(':') + 1));
            threads.execute(this::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of settings.xml that sends everything through this proxy. */
    String settings() {
        return "<proxies><proxy><id>tunnel</id><active>true</active><protocol>https</protocol><host>127.0.0.1</host>"
                + "<port>" + socket.getLocalPort() + "</port></proxy></proxies>";
    }

    private void accept() {
        while (true) {
            try {
                Socket client = socket.accept();
                threads.execute(() -> tunnel(client));
            } catch (IOException e) {
                return; // The proxy was closed.
            }
        }
    }

    private void tunnel(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            skipHeaders(client.getInputStream());
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> pass(server, client));
            pass(client, server);
        } catch (IOException e) {
            return; // One of both has gone, and the other follows.
        }
    }

    private static void skipHeaders(InputStream in) throws IOException {
        int end = 0;
        for (int next = in.read(); next >= 0 && end < 4; next = in.read()) {
            end = next == "\r\n\r\n".charAt(end) ? end + 1 : 0;
            if (end == 4) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
        } catch (IOException e) {
            return; // One of both has gone, and the other follows.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
