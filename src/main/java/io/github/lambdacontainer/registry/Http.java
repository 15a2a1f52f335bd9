package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sends single requests over one pool of connections, with a limit on every kind of waiting. */
final class Http {

    private static final long LARGE_BODY = 1 << 20;

    private final HttpSettings settings;
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    Http(HttpSettings settings) {
        this.settings = settings;
    }

    /**
     * Begins with what the first request over HTTPS needs, on a thread of its own: reading the trust store and loading
     * the JDK's TLS takes longer than the request.
     */
    void prepare() {
        Thread thread = new Thread(this::load, "lambda-container-tls");
        thread.setDaemon(true);
        thread.start();
    }

    private void load() {
        try {
            SSLEngine engine =
                    clients.computeIfAbsent("https", this::client).sslContext().createSSLEngine();
            engine.setUseClientMode(true);
            engine.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(engine.getSession().getPacketBufferSize()));
        } catch (SSLException | RuntimeException e) {
            // The first request says what is wrong.
            return;
        }
    }

    /** Made when a request is near: reading the trust store takes long, and what is cached needs no request. */
    private HttpClient client(String scheme) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connect());
        settings.proxies().ifPresent(builder::proxy);
        return "http".equals(scheme) ? builder.sslContext(new NoTls()).build() : builder.build();
    }

    /** The response as soon as its headers are there; whoever asked closes the body. */
    HttpResponse<InputStream> send(Request request, Deadline deadline) throws IOException {
        CompletableFuture<HttpResponse<InputStream>> response = clients.computeIfAbsent(
                        request.uri().getScheme(), this::client)
                .sendAsync(asJdk(request), info -> new GuardedBody(settings.stall(), deadline));
        try {
            return fromBehindProxy(await(response, request, deadline));
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for an answer", e);
        } catch (ExecutionException e) {
            request.streamed().ifPresent(StreamedBody::check);
            throw asIo(request, e.getCause());
        } finally {
            request.streamed().ifPresent(StreamedBody::stop);
        }
    }

    private static IOException asIo(Request request, @Nullable Throwable cause) {
        if (cause instanceof IOException io) {
            return io;
        }
        String host = request.uri().getHost();
        return cause instanceof IllegalArgumentException && RegistryHost.isIpv6(host)
                ? new Ipv6ProxyException(RegistryHost.withoutBrackets(host), cause)
                : new IOException("The request failed", cause);
    }

    /** The JDK gives no body at all where a proxy opens no tunnel. */
    private static HttpResponse<InputStream> fromBehindProxy(HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() == ProxyPasswordException.STATUS) {
            throw new ProxyPasswordException();
        }
        return response;
    }

    /** As long as a body is being sent, or its source keeps the registry waiting, patience begins anew. */
    private HttpResponse<InputStream> await(
            CompletableFuture<HttpResponse<InputStream>> response, Request request, Deadline deadline)
            throws IOException, InterruptedException, ExecutionException {
        Duration digestion = request.streamed().map(StreamedBody::digestion).orElse(Duration.ZERO);
        while (true) {
            long before = request.streamed().map(StreamedBody::moves).orElse(0L);
            // Not HttpRequest.timeout: newer JDKs count the body in.
            Duration wanted = settings.headers().plus(digestion);
            Duration patience = deadline.atMost(wanted);
            try {
                return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                boolean moves = request.streamed()
                        .filter(body -> body.awaitsSource() || body.moves() != before)
                        .isPresent();
                boolean late = patience.compareTo(wanted) < 0;
                if (late && request.streamed().isPresent()) {
                    request.streamed().get().checkLate();
                }
                if (!moves || late) {
                    response.cancel(true);
                }
                if (late) {
                    throw new LateException(deadline.limit());
                }
                if (!moves) {
                    throw new HttpTimeoutException("No answer within " + patience.toSeconds() + " s");
                }
            }
        }
    }

    private HttpRequest asJdk(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), request.body())
                .setHeader("User-Agent", HttpSettings.USER_AGENT);
        if ("http".equals(request.uri().getScheme()) || isLarge(request)) {
            builder.version(HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach(builder::setHeader);
        settings.proxyAuthorization(request.uri()).ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
        return builder.build();
    }

    /** Over HTTP/2 all uploads share one connection, and servers let little of it be on the way at a time. */
    private static boolean isLarge(Request request) {
        return request.body().contentLength() > LARGE_BODY;
    }
}
