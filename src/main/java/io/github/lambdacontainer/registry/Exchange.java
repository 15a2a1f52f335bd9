package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.jspecify.annotations.Nullable;

/** One request and its response, on a thread of its own, as nothing can interrupt who waits for a connection. */
final class Exchange {

    private final HttpUriRequestBase message;
    private final Request request;
    private final GuardedBody body;
    private final HttpClientContext context = HttpClientContext.create();
    private final Sending sending = new Sending();
    private final CompletableFuture<Response> response = new CompletableFuture<>();
    private volatile @Nullable Future<?> running;

    Exchange(Request request, HttpSettings settings, Deadline deadline) {
        this.request = request;
        this.message = new HttpUriRequestBase(request.method(), anonymous(request.uri()));
        this.body = new GuardedBody(settings.stall(), deadline, this::cancel);
        request.headers().forEach(message::setHeader);
        if (request.sends()) {
            message.setEntity(new Entity());
        }
    }

    /** What an address says of who asks is not sent (RFC 9110, "Deprecation of userinfo in http(s) URIs"). */
    private static URI anonymous(URI uri) {
        String user = uri.getRawUserInfo();
        return user == null ? uri : URI.create(uri.toString().replaceFirst(Pattern.quote(user + "@"), ""));
    }

    void start(CloseableHttpClient client, ExecutorService threads) {
        running = threads.submit(() -> run(client));
    }

    /** The response once its headers are there, or why there is none. */
    CompletableFuture<Response> response() {
        return response;
    }

    Sending sending() {
        return sending;
    }

    /** Nobody wants the response, or the rest of it. */
    void cancel() {
        message.cancel();
        Future<?> task = running;
        if (task != null) {
            task.cancel(true);
        }
    }

    private void run(CloseableHttpClient client) {
        try (ClassicHttpResponse got = client.executeOpen(null, message, context)) {
            if (isFromProxy()) {
                throw new TunnelException(got.getCode());
            }
            HttpEntity entity = got.getEntity();
            if (entity == null || entity.getContentLength() == 0) {
                // The next request takes the same connection.
                EntityUtils.consume(entity);
                response.complete(response(got, InputStream.nullInputStream()));
                return;
            }
            response.complete(response(got, body));
            body.fill(entity.getContent());
        } catch (SocketException e) {
            response.completeExceptionally(context.getEndpointDetails() == null ? unconnected(e) : e);
        } catch (InterruptedException e) {
            // Nobody reads any more.
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error e) {
            response.completeExceptionally(e);
        }
    }

    /** Whether nobody but a proxy has answered: what the registry says is encrypted. */
    private boolean isFromProxy() {
        return "https".equals(request.uri().getScheme()) && context.getSSLSession() == null;
    }

    /** As of a network that cannot be reached. */
    private static ConnectException unconnected(SocketException e) {
        if (e instanceof ConnectException connect) {
            return connect;
        }
        ConnectException unconnected = new ConnectException("No connection");
        unconnected.initCause(e);
        return unconnected;
    }

    private Response response(ClassicHttpResponse got, InputStream content) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : got.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        return new Response(got.getCode(), request.uri(), HttpHeaders.of(headers, (name, value) -> true), content);
    }

    /** The body as the client wants it: sent once. */
    private final class Entity extends AbstractHttpEntity {

        Entity() {
            super((String) null, null);
        }

        @Override
        public long getContentLength() {
            return request.body().size();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            request.body().writeTo(out, sending);
        }

        @Override
        public InputStream getContent() {
            throw new UnsupportedOperationException("The body is written, not read");
        }

        @Override
        public boolean isStreaming() {
            return true;
        }

        @Override
        public void close() {
            // Whoever writes it closes its source.
        }
    }
}
