package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.NetworkFailures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The SDK's HTTP client: the JDK's, with the proxies and times that registries are spoken to with.
 *
 * <p>The SDK's own clients know no {@link java.net.ProxySelector}, which is what Maven's {@code nonProxyHosts} need.
 */
final class AwsHttpClient implements SdkHttpClient {

    private static final int MAX_BODY = 1 << 20;

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    /** What the JDK's client sets itself, and refuses to be told. */
    private static final Set<String> SET_BY_JDK = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final HttpSettings settings;
    private @Nullable HttpClient client;

    AwsHttpClient(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            private @Nullable CompletableFuture<?> running;

            @Override
            public HttpExecuteResponse call() throws IOException {
                SdkHttpRequest http = request.httpRequest();
                CompletableFuture<HttpResponse<byte[]>> response =
                        client().sendAsync(asJdk(http, body(request)), info -> boundedBody());
                running = response;
                return answer(http.getUri().getHost(), response);
            }

            @Override
            public void abort() {
                if (running != null) {
                    running.cancel(true);
                }
            }
        };
    }

    private synchronized HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(settings.connect());
            settings.proxies().ifPresent(builder::proxy);
            client = builder.build();
        }
        return client;
    }

    private static BodyPublisher body(HttpExecuteRequest request) throws IOException {
        if (request.contentStreamProvider().isEmpty()) {
            return BodyPublishers.noBody();
        }
        try (InputStream in = request.contentStreamProvider().get().newStream()) {
            return BodyPublishers.ofByteArray(in.readAllBytes());
        }
    }

    private HttpRequest asJdk(SdkHttpRequest request, BodyPublisher body) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(request.getUri()).method(request.method().name(), body);
        request.forEachHeader((name, values) -> {
            if (!SET_BY_JDK.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
            }
        });
        settings.proxyAuthorization(request.getUri())
                .ifPresent(value -> builder.setHeader("Proxy-Authorization", value));
        return builder.build();
    }

    /** The whole answer within the time for headers: what AWS answers here is short. */
    private HttpExecuteResponse answer(String host, CompletableFuture<HttpResponse<byte[]>> response)
            throws IOException {
        try {
            HttpResponse<byte[]> got = response.get(settings.headers().toMillis(), TimeUnit.MILLISECONDS);
            if (got.statusCode() == PROXY_AUTHENTICATION_REQUIRED) {
                throw new UnreachableException(host, HttpSettings.REFUSED_BY_PROXY);
            }
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(got.statusCode())
                            .headers(got.headers().map())
                            .build())
                    .responseBody(AbortableInputStream.create(new ByteArrayInputStream(got.body())))
                    .build();
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new UnreachableException(
                    host, "there was no answer within " + settings.headers().toSeconds() + " s");
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for " + host);
        } catch (ExecutionException e) {
            boolean tooLarge = e.getCause() instanceof UncheckedIOException;
            throw new UnreachableException(
                    host, tooLarge ? "its answer is larger than 1 MiB" : NetworkFailures.reason(e, settings));
        }
    }

    private static BodySubscriber<byte[]> boundedBody() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        return BodySubscribers.mapping(
                BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> append(body, bytes))),
                done -> body.toByteArray());
    }

    private static void append(ByteArrayOutputStream body, byte[] bytes) {
        if (body.size() + bytes.length > MAX_BODY) {
            throw new UncheckedIOException(new IOException("The answer is too large"));
        }
        body.writeBytes(bytes);
    }

    @Override
    public String clientName() {
        return "JdkHttp";
    }

    @Override
    public void close() {
        // The JDK's client ends with the last reference to it.
    }
}
