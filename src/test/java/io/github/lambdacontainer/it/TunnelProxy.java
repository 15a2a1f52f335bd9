package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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

    private final List<String> requests = new CopyOnWriteArrayList<>();

    TunnelProxy(String target) {
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.target = Integer.parseInt(target.substring(target.indexOf(':') + 1));
            threads.execute(this::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first lines of the requests that came. */
    List<String> requests() {
        return List.copyOf(requests);
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
            requests.add(requestLine(client.getInputStream()));
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            threads.execute(() -> pass(server, client));
            pass(client, server);
        } catch (IOException e) {
            return; // One of both has gone, and the other follows.
        }
    }

    /** The first line of the headers, which are all read. */
    private static String requestLine(InputStream in) throws IOException {
        StringBuilder headers = new StringBuilder();
        while (headers.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            headers.append((char) next);
        }
        return headers.toString().lines().findFirst().orElse("");
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
