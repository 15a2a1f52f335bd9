package io.github.lambdacontainer.emulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of Lambda's own API that invokes a function, on loopback, at the path AWS's emulator has too (AWS Lambda API
 * reference, "Invoke"). Any function name is taken: there is one function.
 */
public final class InvokeApi implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([A-Za-z0-9_:$.-]+)/invocations");

    private static final Pattern QUALIFIER = Pattern.compile("(?:^|&)Qualifier=([^&]+)");

    /** Hands invocations to functions. */
    @FunctionalInterface
    public interface Caller {

        /** Waits for what comes of an invocation. */
        Invoked invoke(Invocation invocation);
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool(InvokeApi::daemon);
    private final Duration timeout;
    private final Caller function;
    private final Consumer<String> failures;

    private InvokeApi(HttpServer server, Duration timeout, Caller function, Consumer<String> failures) {
        this.server = server;
        this.timeout = timeout;
        this.function = function;
        this.failures = failures;
    }

    /**
     * Starts the API.
     *
     * @param port the port of loopback
     * @param timeout how long an invocation may take
     * @param function answers invocations, several at a time
     * @param failures where a line goes for an invocation that could not be handed to a function, if no caller waits for it
     * @throws java.net.BindException if the port cannot be opened
     */
    public static InvokeApi start(int port, Duration timeout, Caller function, Consumer<String> failures)
            throws IOException {
        HttpServer server = Servers.create(port);
        InvokeApi api = new InvokeApi(server, timeout, function, failures);
        server.createContext("/", api::handle);
        server.setExecutor(api.executor);
        server.start();
        return api;
    }

    /** The port it has. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        Servers.stop(server, executor);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            handlePath(exchange);
        }
    }

    private void handlePath(HttpExchange exchange) throws IOException {
        try {
            Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
            if (!path.matches() || !exchange.getRequestMethod().equals("POST")) {
                throw new Refusal(
                        404,
                        "ResourceNotFoundException",
                        "Only POST /2015-03-31/functions/NAME/invocations is served here.");
            }
            InvocationRequest request = InvocationRequest.read(exchange);
            answer(exchange, request, invocation(exchange, request, path.group(1)));
        } catch (Refusal refusal) {
            refuse(exchange, refusal.status(), refusal.type(), String.valueOf(refusal.getMessage()));
        } catch (RuntimeException e) {
            refuse(exchange, 500, "ServiceException", String.valueOf(e.getMessage()));
        }
    }

    private Invocation invocation(HttpExchange exchange, InvocationRequest request, String name) {
        Invocation invocation = Invocation.of(request.event(), timeout)
                .withFunctionArn(functionArn(name, exchange.getRequestURI().getQuery()))
                .withCaller(request.clientContext(), Optional.empty(), request.tenantId());
        String trace = exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id");
        return trace == null ? invocation : invocation.withTraceId(trace);
    }

    /** The function as the caller names it: by its name, by a part of its ARN or all of it, with a version or an alias. */
    private static String functionArn(String name, @Nullable String query) {
        String arn =
                name.startsWith("arn:") ? name : Invocation.functionArn(name.replaceFirst("^\\d{12}:function:", ""));
        Matcher qualifier = QUALIFIER.matcher(query == null ? "" : query);
        return qualifier.find() ? arn + ":" + qualifier.group(1) : arn;
    }

    private void answer(HttpExchange exchange, InvocationRequest request, Invocation invocation) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("X-Amzn-RequestId", invocation.requestId());
        headers.set("X-Amz-Executed-Version", "$LATEST");
        switch (request.type()) {
            case DRY_RUN -> exchange.sendResponseHeaders(204, -1);
            case EVENT -> {
                executor.execute(() -> invokeForNobody(invocation));
                exchange.sendResponseHeaders(202, -1);
            }
            case REQUEST_RESPONSE -> {
                Invoked invoked = function.invoke(invocation);
                if (invoked.result() instanceof InvocationResult.Failed) {
                    headers.set("X-Amz-Function-Error", "Unhandled");
                }
                if (request.logTail()) {
                    byte[] log = invoked.logTail().getBytes(StandardCharsets.UTF_8);
                    headers.set("X-Amz-Log-Result", Base64.getEncoder().encodeToString(log));
                }
                Servers.send(exchange, 200, invoked.result().payload());
            }
        }
    }

    private void invokeForNobody(Invocation invocation) {
        try {
            function.invoke(invocation);
        } catch (RuntimeException e) {
            failures.accept("RequestId: " + invocation.requestId() + " Error: " + e.getMessage());
        }
    }

    private static void refuse(HttpExchange exchange, int status, String type, String message) throws IOException {
        exchange.getResponseHeaders().set("X-Amzn-ErrorType", type);
        Servers.send(exchange, status, FunctionError.serviceError(message));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "lambda-invoke-api");
        thread.setDaemon(true);
        return thread;
    }

    /** A request that Lambda would refuse too. */
    static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final String type;

        Refusal(int status, String type, String message) {
            super(message);
            this.status = status;
            this.type = type;
        }

        int status() {
            return status;
        }

        String type() {
            return type;
        }
    }
}
