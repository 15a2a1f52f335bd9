package io.github.lambdacontainer.ecr;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An HTTP proxy that tunnels (RFC 9110, CONNECT), and only to ports of this machine that it knows by a host name. */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "connect-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> hosts = new CopyOnWriteArrayList<>();

    private volatile @Nullable String wanted;
    private volatile String nowhere = "502 Bad Gateway";

    private ConnectProxy(ServerSocket server) {
        this.server = server;
        threads.execute(this::accept);
    }

    /** Starts one. */
    public static ConnectProxy start() {
        try {
            return new ConnectProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leads to this port of this machine whoever asks for this host. */
    public void route(String host, int port) {
        ports.put(host, port);
    }

    /** Lets nobody through any more but with this password. */
    public void wantPassword(String user, String password) {
        String both = user + ":" + password;
        wanted = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII));
    }

    /** Answers this where it knows no port, and not 502. */
    public void answerElsewhere(String status) {
        nowhere = status;
    }

    /** The hosts that were asked for. */
    public List<String> hosts() {
        return List.copyOf(hosts);
    }

    /** The port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** Sends everything through this proxy but what is on this machine. */
    public ProxySelector selector() {
        Proxy proxy = new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
        return new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return List.of("localhost".equals(uri.getHost()) ? Proxy.NO_PROXY : proxy);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                // The request fails, which tells enough.
            }
        };
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> tunnel(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void tunnel(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            String host = requested(head);
            hosts.add(host);
            Integer port = ports.get(host);
            if (wanted != null && !head.contains("\r\nProxy-Authorization: " + wanted + "\r\n")) {
                reply(client, "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"proxy\"");
                return;
            }
            if (port == null) {
                reply(client, nowhere);
                return;
            }
            try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                open.add(target);
                reply(client, "200 Connection Established");
                threads.execute(() -> copy(target, client));
                copy(client, target);
            }
        } catch (IOException e) {
            // One of the two ended it.
        }
    }

    private static void reply(Socket client, String status) throws IOException {
        client.getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > 10_000) {
                throw new IOException("This is no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String requested(String head) throws IOException {
        String[] line = head.lines().findFirst().orElse("").split(" ");
        if (!line[0].equals("CONNECT")) {
            throw new IOException("This proxy only tunnels");
        }
        return line[1].replaceFirst(":\\d+$", "");
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            open.forEach(ConnectProxy::close);
            threads.shutdownNow();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
