package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.NetworkFailures;
import io.github.lambdacontainer.registry.ShortHttp;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The SDK's HTTP client: the one of registries, with its proxies and times.
 *
 * <p>The SDK's own clients know no {@link java.net.ProxySelector}, which is what Maven's {@code nonProxyHosts} need.
 */
final class AwsHttpClient implements SdkHttpClient {

    private static final int MAX_BODY = 1 << 20;

    /** What the client sets itself. */
    private static final Set<String> SET_BY_CLIENT =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private final HttpSettings settings;
    private final ShortHttp http;

    AwsHttpClient(HttpSettings settings) {
        this.settings = settings;
        this.http = new ShortHttp(settings);
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return answer(request.httpRequest(), body(request));
            }

            @Override
            public void abort() {
                // Whoever aborts interrupts the caller as well, and the call ends with that.
            }
        };
    }

    private static byte[] body(HttpExecuteRequest request) throws IOException {
        if (request.contentStreamProvider().isEmpty()) {
            return new byte[0];
        }
        try (InputStream in = request.contentStreamProvider().get().newStream()) {
            return in.readAllBytes();
        }
    }

    /** The whole answer within the time for headers: what AWS answers here is short. */
    private HttpExecuteResponse answer(SdkHttpRequest request, byte[] body) throws IOException {
        String host = request.getUri().getHost();
        try {
            ShortHttp.Answer answer = http.send(
                            request.method().name(), request.getUri(), headers(request), body, MAX_BODY)
                    .orElseThrow(() -> new UnreachableException(host, "its answer is larger than 1 MiB"));
            return HttpExecuteResponse.builder()
                    .response(SdkHttpResponse.builder()
                            .statusCode(answer.status())
                            .headers(answer.headers())
                            .build())
                    .responseBody(AbortableInputStream.create(answer.body()))
                    .build();
        } catch (UnreachableException e) {
            throw e;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("Interrupted while waiting for " + host);
            }
            throw new UnreachableException(host, NetworkFailures.reason(e, settings));
        }
    }

    /** Several values of one name are one list (RFC 9110, "Field Lines and Combined Field Value"). */
    private static Map<String, String> headers(SdkHttpRequest request) {
        Map<String, String> headers = new TreeMap<>();
        request.forEachHeader((name, values) -> {
            if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
            }
        });
        return headers;
    }

    @Override
    public String clientName() {
        return "ApacheHttpClient5";
    }

    @Override
    public void close() {
        // Its threads end by themselves, and its connections with the servers.
    }
}
