package io.github.lambdacontainer.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The Lambda Runtime API, version 2018-06-01, on loopback, for one function. */
final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(RuntimeApi::daemon);
    private final BlockingQueue<Invocation> offered = new LinkedBlockingQueue<>();
    private final Map<String, Invocation> taken = new ConcurrentHashMap<>();
    private final CompletableFuture<String> broken = new CompletableFuture<>();
    private final AtomicInteger number = new AtomicInteger();
    private volatile boolean reached;

    private record Invocation(String id, String event, Duration limit, CompletableFuture<String> answer) {}

    RuntimeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(ROOT + "invocation/next", this::next);
        server.createContext(ROOT + "invocation/", this::answer);
        server.createContext(ROOT + "init/error", this::initError);
        server.setExecutor(executor);
        server.start();
    }

    /** Value of {@code AWS_LAMBDA_RUNTIME_API} for the function. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Hands the function an event and waits for its answer.
     *
     * @throws FunctionError if the function, or its start, answers with an error
     */
    String invoke(String event, Duration limit) {
        Invocation invocation =
                new Invocation("request-" + number.incrementAndGet(), event, limit, new CompletableFuture<>());
        offered.add(invocation);
        try {
            return (String)
                    CompletableFuture.anyOf(invocation.answer(), broken).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof FunctionError error) {
                throw error;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("The function did not answer within " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Whether a function has asked for an event or said why it cannot. */
    boolean isReached() {
        return reached;
    }

    /** Lets every invocation, running and future, fail: the function is gone. */
    void fail(String type, String message) {
        broken.completeExceptionally(new FunctionError(type, message));
    }

    private void next(HttpExchange exchange) throws IOException {
        reached = true;
        try (exchange) {
            Invocation invocation = offered.take();
            taken.put(invocation.id(), invocation);
            var headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "application/json");
            headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
            headers.set(
                    "Lambda-Runtime-Deadline-Ms",
                    Long.toString(
                            System.currentTimeMillis() + invocation.limit().toMillis()));
            headers.set(
                    "Lambda-Runtime-Invoked-Function-Arn",
                    "arn:aws:lambda:eu-central-1:123456789012:function:function-under-test");
            headers.set("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700");
            send(exchange, 200, invocation.event());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path =
                    exchange.getRequestURI().getPath().substring(ROOT.length()).split("/");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Invocation invocation = path.length == 3 ? taken.remove(path[1]) : null;
            if (invocation == null) {
                send(exchange, 404, "{}");
            } else if (path[2].equals("response")) {
                invocation.answer().complete(body);
                send(exchange, 202, "{\"status\":\"OK\"}");
            } else {
                invocation.answer().completeExceptionally(error(body));
                send(exchange, 202, "{\"status\":\"OK\"}");
            }
        }
    }

    private void initError(HttpExchange exchange) throws IOException {
        reached = true;
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            broken.completeExceptionally(error(body));
            send(exchange, 202, "{\"status\":\"OK\"}");
        }
    }

    private static FunctionError error(String body) throws IOException {
        JsonNode error = JSON.readTree(body);
        return new FunctionError(
                error.path("errorType").asText(), error.path("errorMessage").asText());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "runtime-api");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** What a function, or its start, answered with instead of a response. */
    static final class FunctionError extends RuntimeException {

        private final String type;

        FunctionError(String type, String message) {
            super(message);
            this.type = type;
        }

        String type() {
            return type;
        }
    }
}
