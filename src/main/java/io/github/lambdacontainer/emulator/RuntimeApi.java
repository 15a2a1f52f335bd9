package io.github.lambdacontainer.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Lambda's Runtime API, version 2018-06-01, on loopback, for one function (AWS Lambda Developer Guide, "Using the Lambda
 * runtime API"). The function may ask for several events at a time, as with {@code AWS_LAMBDA_MAX_CONCURRENCY}.
 *
 * <p>A snapshot is taken and restored at once where a function asks for one, so {@code restore/next} does not wait.
 */
public final class RuntimeApi implements AutoCloseable {

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final String ERROR_TYPE = "Lambda-Runtime-Function-Error-Type";
    private static final String RESPONSE_MODE = "Lambda-Runtime-Function-Response-Mode";

    /** What an HTTP header can hold (RFC 9110, "Field Values"). */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");

    private static final Payload ACCEPTED = Payload.of("{\"status\":\"OK\"}\n");

    private final Invocations invocations = new Invocations();
    private final ExecutorService executor = Executors.newCachedThreadPool(RuntimeApi::daemon);
    private final HttpServer server;

    private RuntimeApi(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts the API.
     *
     * @param startLimit how long the function may take until it asks for its first event
     * @throws IOException if no port of loopback can be had
     */
    public static RuntimeApi start(Duration startLimit) throws IOException {
        RuntimeApi api = new RuntimeApi(Servers.create(0));
        api.server.createContext("/", api::handle);
        api.server.setExecutor(api.executor);
        api.server.start();
        api.invocations
                .ready()
                .thenAccept(started -> {})
                .orTimeout(startLimit.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> {
                    api.notStarted(startLimit);
                    return null;
                });
        return api;
    }

    /** What {@code AWS_LAMBDA_RUNTIME_API} has to be for the function. */
    public String address() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    /** Done when the function asks for its first event, or once it is known that it never will, and why. */
    public CompletableFuture<Optional<FunctionError>> ready() {
        return invocations.ready().copy();
    }

    /** Hands the function an event as soon as it asks for one. */
    public CompletableFuture<InvocationResult> offer(Invocation invocation) {
        return invocations.offer(invocation);
    }

    /** Hands the function an event and waits for what comes of it. */
    public InvocationResult invoke(Invocation invocation) {
        return offer(invocation).join();
    }

    /** Waits until the function asks for its next event, or is gone, but no longer than this. */
    public void awaitNext(Duration limit) {
        try {
            invocations.awaitAsking(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that the function is gone; whoever waits for it, now or later, gets this reason or an earlier one. */
    public void end(FunctionError reason) {
        invocations.end(reason);
    }

    @Override
    public void close() {
        end(FunctionError.stopped());
        Servers.stop(server, executor);
    }

    private void notStarted(Duration limit) {
        if (!invocations.ready().isDone()) {
            end(FunctionError.notStarted(limit));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            List<String> words = path.startsWith(ROOT)
                    ? List.of(path.substring(ROOT.length()).split("/", -1))
                    : List.of();
            String route = exchange.getRequestMethod() + " "
                    + (words.size() == 3 ? words.get(0) + "/*/" + words.get(2) : String.join("/", words));
            switch (route) {
                case "GET invocation/next" -> next(exchange);
                case "POST invocation/*/response" -> response(exchange, words.get(1));
                case "POST invocation/*/error" -> error(exchange, words.get(1));
                case "POST init/error", "POST restore/error" -> startError(exchange);
                case "GET restore/next" -> restore(exchange);
                default -> Servers.send(exchange, 404, FunctionError.json("NotFound", "No such resource"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next(HttpExchange exchange) throws IOException, InterruptedException {
        Invocations.Pending pending = takeSendable();
        headers(pending.invocation()).forEach(exchange.getResponseHeaders()::set);
        try {
            Servers.send(exchange, 200, pending.invocation().event());
        } catch (IOException e) {
            invocations.putBack(pending);
            throw e;
        }
    }

    /** Waits for an event that can be sent; one that cannot fails at once rather than when its time is over. */
    private Invocations.Pending takeSendable() throws InterruptedException {
        while (true) {
            Invocations.Pending pending = invocations.take();
            Optional<String> wrong = headers(pending.invocation()).entrySet().stream()
                    .filter(header -> !VALUE.matcher(header.getValue()).matches())
                    .map(Map.Entry::getKey)
                    .findFirst();
            if (wrong.isEmpty()) {
                return pending;
            }
            invocations
                    .finish(pending.invocation().requestId())
                    .ifPresent(known -> known.fail(FunctionError.notSendable(wrong.get())));
        }
    }

    private static Map<String, String> headers(Invocation invocation) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
        headers.put(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(Instant.now().plus(invocation.timeout()).toEpochMilli()));
        headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
        headers.put("Lambda-Runtime-Trace-Id", invocation.traceId());
        invocation.clientContext().ifPresent(text -> headers.put("Lambda-Runtime-Client-Context", text));
        invocation.cognitoIdentity().ifPresent(text -> headers.put("Lambda-Runtime-Cognito-Identity", text));
        invocation.tenantId().ifPresent(text -> headers.put("Lambda-Runtime-Aws-Tenant-Id", text));
        return headers;
    }

    private void response(HttpExchange exchange, String requestId) throws IOException {
        String mode = header(exchange, RESPONSE_MODE, "buffered");
        Body body = Body.read(exchange);
        Optional<Invocations.Pending> pending = invocations.finish(requestId);
        if (pending.isEmpty()) {
            unknown(exchange);
        } else if (!mode.equalsIgnoreCase("buffered")) {
            invocations.refuse(pending.get(), FunctionError.responseMode(mode));
            Servers.send(
                    exchange, 400, FunctionError.json("InvalidFunctionResponseMode", "Invalid function response mode"));
        } else if (body.size() > Payload.LARGEST_RESPONSE) {
            invocations.refuse(pending.get(), FunctionError.responseTooLarge(body.size()));
            String text = "Exceeded maximum allowed payload size (" + Payload.LARGEST_RESPONSE + " bytes).";
            Servers.send(exchange, 413, FunctionError.json("RequestEntityTooLarge", text));
        } else {
            pending.get().answer(body.start());
            Servers.send(exchange, 202, ACCEPTED);
        }
    }

    private void error(HttpExchange exchange, String requestId) throws IOException {
        Body body = Body.read(exchange);
        Optional<Invocations.Pending> pending = invocations.finish(requestId);
        pending.ifPresent(invocation -> invocation.fail(sent(FunctionError.Cause.HANDLER, exchange, body)));
        if (pending.isPresent() || invocations.wasRefused(requestId)) {
            Servers.send(exchange, 202, ACCEPTED);
        } else {
            unknown(exchange);
        }
    }

    private static void unknown(HttpExchange exchange) throws IOException {
        Servers.send(exchange, 400, FunctionError.json("InvalidRequestID", "Invalid request ID"));
    }

    private void startError(HttpExchange exchange) throws IOException {
        FunctionError error = sent(FunctionError.Cause.INITIALIZATION, exchange, Body.read(exchange));
        boolean ready = invocations.ready().isDone();
        boolean restoring = exchange.getRequestURI().getPath().startsWith(ROOT + "restore");
        if (ready && !restoring) {
            String text = "State transition from Ready to InitError failed for runtime. Error: State transition is not"
                    + " allowed";
            Servers.send(exchange, 403, FunctionError.json("InvalidStateTransition", text));
        } else {
            end(error);
            Servers.send(exchange, 202, ACCEPTED);
        }
    }

    private static void restore(HttpExchange exchange) throws IOException {
        Servers.send(exchange, 200, Payload.of(""));
    }

    private static FunctionError sent(FunctionError.Cause cause, HttpExchange exchange, Body body) {
        return FunctionError.sent(cause, header(exchange, ERROR_TYPE, "Runtime.Unknown"), body.start());
    }

    private static String header(HttpExchange exchange, String name, String otherwise) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lambda-runtime-api");
        thread.setDaemon(true);
        return thread;
    }

    /** A request's body: as much of it as may be kept, and how much there was. */
    private record Body(Payload start, long size) {

        static Body read(HttpExchange exchange) throws IOException {
            InputStream in = exchange.getRequestBody();
            byte[] start = in.readNBytes(Payload.LARGEST_RESPONSE);
            // The rest is read too, for a client that still writes does not see the answer.
            return new Body(Payload.of(start), start.length + in.transferTo(OutputStream.nullOutputStream()));
        }
    }
}
