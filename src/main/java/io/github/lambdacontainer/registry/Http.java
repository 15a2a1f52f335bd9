package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.jspecify.annotations.Nullable;

/** Sends single requests over one pool of connections, with a limit on every kind of waiting. */
final class Http {

    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    private static final Duration IDLE_THREAD = Duration.ofSeconds(5);

    private final HttpSettings settings;
    private final ExecutorService threads = threads();
    private @Nullable CloseableHttpClient client;

    Http(HttpSettings settings) {
        this.settings = settings;
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_THREAD.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "lambda-container-http");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /**
     * Begins with what the first request over HTTPS needs, on a thread of its own: reading the trust store and loading
     * the JDK's TLS takes longer than the request.
     */
    void prepare() {
        threads.execute(this::load);
    }

    private void load() {
        try {
            client();
            SSLEngine engine = HttpClients.context().createSSLEngine();
            engine.setUseClientMode(true);
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (IOException | RuntimeException e) {
            // The first request says what is wrong.
            return;
        }
    }

    /** Made when a request is near: what is cached needs none. */
    private synchronized CloseableHttpClient client() {
        if (client == null) {
            client = HttpClients.create(settings);
        }
        return client;
    }

    /** The response as soon as its headers are there; whoever asked closes the body. */
    Response send(Request request, Deadline deadline) throws IOException {
        Exchange exchange = new Exchange(request, settings, deadline);
        exchange.start(client(), threads);
        try {
            Response response = await(exchange, request, deadline);
            if (response.statusCode() == ProxyPasswordException.STATUS && settings.hasProxy(request.uri())) {
                response.body().close();
                throw withoutPassword(request);
            }
            return response;
        } catch (InterruptedException e) {
            exchange.cancel();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for an answer", e);
        } catch (ExecutionException e) {
            throw failure(request, e.getCause());
        }
    }

    private IOException failure(Request request, @Nullable Throwable cause) {
        if (cause instanceof Failure failure) {
            throw failure;
        }
        if (cause instanceof TunnelException refused && refused.status() == ProxyPasswordException.STATUS) {
            return withoutPassword(request);
        }
        return cause instanceof IOException io ? io : new IOException("The request failed", cause);
    }

    private ProxyPasswordException withoutPassword(Request request) {
        return new ProxyPasswordException(
                settings.credentialsOfProxy(request.uri()).isPresent());
    }

    /** As long as a body is being sent, or its source keeps the registry waiting, patience begins anew. */
    private Response await(Exchange exchange, Request request, Deadline deadline)
            throws IOException, InterruptedException, ExecutionException {
        CompletableFuture<Response> response = exchange.response();
        Sending sending = exchange.sending();
        while (true) {
            long before = sending.moves();
            Duration wanted = settings.headers().plus(digestion(request));
            Duration patience = deadline.atMost(wanted);
            try {
                return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (patience.compareTo(wanted) < 0) {
                    throw late(exchange, deadline);
                }
                if (!sending.isAwaitingSource() && sending.moves() == before) {
                    exchange.cancel();
                    throw new NoAnswerException(patience);
                }
            }
        }
    }

    /** How much longer than for others the answer may take: a registry reads all of a blob once more before it answers. */
    private static Duration digestion(Request request) {
        return Duration.ofSeconds(request.body().size() >> 22);
    }

    /** If everybody waits for the source of the body, its time is over too, and it says soon what is wrong with it. */
    private static IOException late(Exchange exchange, Deadline deadline)
            throws InterruptedException, ExecutionException {
        try {
            if (exchange.sending().isAwaitingSource()) {
                exchange.response().get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            return new LateException(deadline.limit());
        } finally {
            exchange.cancel();
        }
        return new LateException(deadline.limit());
    }
}
