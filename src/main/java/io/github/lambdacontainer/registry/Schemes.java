package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a registry speaks HTTPS.
 *
 * <p>HTTPS comes first. Plain HTTP is tried where that fails as TLS, and only on this machine's own loopback
 * addresses or where the settings allow insecure registries. A certificate that is not trusted never leads to HTTP.
 */
final class Schemes {

    private final Redirects redirects;
    private final HttpSettings settings;
    private final TransferListener listener;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Schemes(Redirects redirects, HttpSettings settings, TransferListener listener) {
        this.redirects = redirects;
        this.settings = settings;
        this.listener = listener;
    }

    /** Sends a request whose address lacks the scheme and the host. */
    HttpResponse<InputStream> send(Request request, String registry, Phase phase, Deadline deadline)
            throws IOException {
        String scheme = known.get(registry);
        if (scheme != null) {
            return send(scheme, request, registry, phase, deadline);
        }
        try {
            HttpResponse<InputStream> response = send("https", request, registry, phase, deadline);
            known.put(registry, "https");
            return response;
        } catch (IOException e) {
            if (!mayBePlain(registry, e)) {
                throw e;
            }
            return sendPlain(request, registry, phase, deadline, e);
        }
    }

    private HttpResponse<InputStream> sendPlain(
            Request request, String registry, Phase phase, Deadline deadline, IOException tlsFailure)
            throws IOException {
        HttpResponse<InputStream> response = send("http", request, registry, phase, deadline);
        if (response.statusCode() == 400) {
            // This is how TLS servers answer plain HTTP.
            response.body().close();
            throw tlsFailure;
        }
        if (known.put(registry, "http") == null && !RegistryHost.isLoopback(registry)) {
            listener.insecure(registry);
        }
        return response;
    }

    private HttpResponse<InputStream> send(
            String scheme, Request request, String registry, Phase phase, Deadline deadline) throws IOException {
        URI uri = URI.create(scheme + "://" + registry + request.uri());
        return redirects.send(request.to(uri), phase, deadline);
    }

    /** Whether what is sent to this registry can be read by nobody else. */
    boolean isPrivate(String registry) {
        return RegistryHost.isLoopback(registry) || !"http".equals(known.get(registry));
    }

    private boolean mayBePlain(String registry, IOException e) {
        return (RegistryHost.isLoopback(registry) || settings.allowInsecureRegistries())
                && !(e instanceof HttpTimeoutException)
                && !isCertificateProblem(e);
    }

    static boolean isCertificateProblem(Throwable failure) {
        for (@Nullable Throwable e = failure; e != null; e = e.getCause()) {
            if (e instanceof CertificateException || e instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }
}
