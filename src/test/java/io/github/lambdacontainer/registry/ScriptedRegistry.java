package io.github.lambdacontainer.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A registry within this process that keeps what it is given or sent, and fails as it is told. */
public final class ScriptedRegistry implements AutoCloseable {

    private final HttpServer server;
    private final String name;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final RegistryStore store = new RegistryStore();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Function<Received, Optional<Fault>> guard = request -> Optional.empty();

    private ScriptedRegistry(HttpServer server, String name) {
        this.server = server;
        this.name = name;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts one over plain HTTP. */
    public static ScriptedRegistry http() {
        try {
            return new ScriptedRegistry(HttpServer.create(anyPort(), 0), "localhost");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one over plain HTTP on IPv6's loopback address. */
    public static ScriptedRegistry ipv6() {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("::1"), 0);
            return new ScriptedRegistry(HttpServer.create(address, 0), "[::1]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one over HTTPS with this key. */
    public static ScriptedRegistry https(TestKeys keys) {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(keys.context()));
            return new ScriptedRegistry(server, "localhost");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Host and port, as they stand in a reference. */
    public String host() {
        return name + ":" + port();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** A reference to something in this registry, such as {@code base:1}. */
    public Reference reference(String rest) {
        return Reference.parse(host() + "/" + rest, "from.image");
    }

    /** Puts a blob. */
    public Descriptor blob(String repository, String mediaType, byte[] content) {
        Digest digest = Digest.of(content);
        store.put("/v2/" + repository + "/blobs/" + digest, "application/octet-stream", content);
        return new Descriptor(mediaType, digest, content.length);
    }

    /** Puts a manifest or an index, under its digest and these tags. */
    public Descriptor manifest(String repository, String mediaType, String content, String... tags) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        Digest digest = Digest.of(bytes);
        store.put("/v2/" + repository + "/manifests/" + digest, mediaType, bytes);
        for (String tag : tags) {
            store.put("/v2/" + repository + "/manifests/" + tag, mediaType, bytes);
        }
        return new Descriptor(mediaType, digest, bytes.length);
    }

    /** Puts a whole image with these layers. */
    public Descriptor image(
            String repository, ImageFormat format, Architecture architecture, List<Descriptor> layers, String... tags) {
        String config = "{\"architecture\":\"" + architecture.ociName() + "\",\"os\":\"linux\",\"config\":{},"
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}";
        Descriptor descriptor = blob(repository, format.configType(), config.getBytes(StandardCharsets.UTF_8));
        return manifest(repository, format.manifestType(), manifestJson(format, descriptor, layers), tags);
    }

    /** A manifest as JSON. */
    public static String manifestJson(ImageFormat format, Descriptor config, List<Descriptor> layers) {
        return "{\"schemaVersion\":2,\"mediaType\":\"" + format.manifestType() + "\",\"config\":" + json(config)
                + ",\"layers\":["
                + layers.stream().map(ScriptedRegistry::json).collect(Collectors.joining(",")) + "]}";
    }

    /** A descriptor as JSON. */
    public static String json(Descriptor descriptor) {
        return "{\"mediaType\":\"" + descriptor.mediaType() + "\",\"digest\":\"" + descriptor.digest() + "\",\"size\":"
                + descriptor.size() + "}";
    }

    /** Answers the next requests whose path ends so, one with each of these; a verb may stand before, and a space. */
    public void fail(String pathEnd, Fault... next) {
        faults.computeIfAbsent(pathEnd, end -> new ArrayDeque<>()).addAll(Arrays.asList(next));
    }

    /** Holds every request to this first; a fault that it gives is the answer. */
    public void guard(Function<Received, Optional<Fault>> newGuard) {
        this.guard = newGuard;
    }

    /** Serves a path outside of the registry's own. */
    public void page(String path, String content) {
        store.put(path, "application/json", content.getBytes(StandardCharsets.UTF_8));
    }

    /** What it keeps. */
    public RegistryStore store() {
        return store;
    }

    /** What was asked so far, as verb and path. */
    public List<String> requests() {
        return received.stream().map(r -> r.method() + " " + r.path()).toList();
    }

    /** Forgets what was asked so far. */
    public void forget() {
        received.clear();
    }

    /** What was asked so far. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The paths that were asked so far. */
    public List<String> paths() {
        return received.stream().map(Received::path).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Received head = Received.of(exchange);
            Optional<Fault> fault = guard.apply(head).or(() -> next(head));
            boolean early = fault.filter(Fault.BeforeBody.class::isInstance).isPresent();
            Received request =
                    early ? head : head.with(exchange.getRequestBody().readAllBytes());
            received.add(request);
            if (fault.isPresent()) {
                fault.get().answer(exchange, store.get(request.path()).orElse(new byte[0]), closing);
            } else {
                send(exchange, store.answer(request), request.method().equals("HEAD"));
            }
        }
    }

    private Optional<Fault> next(Received request) {
        return faults.entrySet().stream()
                .filter(e -> isMeant(e.getKey(), request))
                .flatMap(e -> Optional.ofNullable(poll(e.getValue())).stream())
                .findFirst();
    }

    private static boolean isMeant(String key, Received request) {
        int space = key.indexOf(' ');
        return request.path().endsWith(key.substring(space + 1))
                && (space < 0 || request.method().equals(key.substring(0, space)));
    }

    private static Fault poll(Deque<Fault> queue) {
        synchronized (queue) {
            return queue.poll();
        }
    }

    private static void send(HttpExchange exchange, RegistryStore.Answer answer, boolean head) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().add(name, value));
        int length = answer.content().length - answer.start();
        if (head) {
            exchange.getResponseHeaders().add("Content-Length", String.valueOf(length));
        }
        exchange.sendResponseHeaders(answer.status(), head || length == 0 ? -1 : length);
        if (!head && length > 0) {
            exchange.getResponseBody().write(answer.content(), answer.start(), length);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * A request as it came.
     *
     * @param method the verb
     * @param path the path without the query
     * @param query the query, or empty
     * @param headers the first value of each header, by lower-case name
     * @param content the body
     */
    public record Received(String method, String path, String query, Map<String, String> headers, byte[] content) {

        static Received of(HttpExchange exchange) throws IOException {
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            e -> e.getKey().toLowerCase(java.util.Locale.ROOT),
                            e -> e.getValue().get(0)));
            String query = exchange.getRequestURI().getRawQuery();
            return new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    query == null ? "" : query,
                    headers,
                    new byte[0]);
        }

        Received with(byte[] newContent) {
            return new Received(method, path, query, headers, newContent);
        }

        /** The body as text. */
        public String body() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** A header, by any case. */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
        }
    }
}
