package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Finds out whether a registry speaks HTTPS, with its first request. Credentials may be in it where the registry is
 * known for HTTPS, which is never spoken to in any other way then, or where it took them in an earlier build; if that
 * request fails, they are not in the one that tries plain HTTP.
 *
 * <p>On this machine's own loopback addresses plain HTTP comes first, as servers for TLS refuse it at once while
 * those for plain HTTP may keep a TLS client waiting. Everywhere else HTTPS comes first, and plain HTTP second where
 * the settings allow insecure registries. A certificate that is not trusted never leads to HTTP.
 */
final class Schemes {

    private static final int REFUSED_BY_TLS_SERVERS = 400;

    private final Redirects redirects;
    private final HttpSettings settings;
    private final TransferListener listener;
    private final Map<String, String> known;
    private final Map<String, String> assumed = new ConcurrentHashMap<>();
    private final Set<String> secrets = ConcurrentHashMap.newKeySet();
    private final Predicate<String> alwaysSecure;

    /**
     * With the schemes by registry that are known already, to which those are added that are found out.
     *
     * @param alwaysSecure the registries that are known for HTTPS
     */
    Schemes(
            Redirects redirects,
            HttpSettings settings,
            TransferListener listener,
            Map<String, String> known,
            Predicate<String> alwaysSecure) {
        this.redirects = redirects;
        this.settings = settings;
        this.listener = listener;
        this.known = known;
        this.alwaysSecure = alwaysSecure;
    }

    /** Sends a request whose address lacks the scheme and the host, unless it goes elsewhere. */
    Response send(Request request, String registry, Phase phase, Deadline deadline) throws IOException {
        if (request.uri().isAbsolute()) {
            return redirects.send(request, phase, deadline);
        }
        String scheme = alwaysSecure.test(registry) ? "https" : known.get(registry);
        if (scheme != null) {
            return send(scheme, request, registry, phase, deadline);
        }
        return RegistryHost.isLoopback(registry)
                ? firstLocal(request, registry, phase, deadline)
                : firstSecure(request, registry, phase, deadline);
    }

    /** Assumes that a registry is spoken to as in an earlier build, until it turns out otherwise. */
    void assume(String registry, String scheme) {
        assumed.put(registry, scheme);
    }

    /**
     * Never sends this {@code Authorization} over plain HTTP to another machine, whoever holds it already: it may have
     * been got before it was known how the registry is spoken to.
     */
    void keepSecret(String authorization) {
        secrets.add(authorization);
    }

    private Response firstLocal(Request request, String registry, Phase phase, Deadline deadline) throws IOException {
        if (!"https".equals(assumed.remove(registry))) {
            return firstPlain(request, registry, phase, deadline);
        }
        try {
            return secure(request, registry, phase, deadline);
        } catch (IOException e) {
            if (NetworkFailures.isCertificateProblem(e)) {
                throw e;
            }
        }
        return firstPlain(request.without("Authorization"), registry, phase, deadline);
    }

    private Response firstPlain(Request request, String registry, Phase phase, Deadline deadline) throws IOException {
        try {
            Response response = send("http", request, registry, phase, deadline);
            if (response.statusCode() != REFUSED_BY_TLS_SERVERS || isFromRegistry(response)) {
                known.put(registry, "http");
                return response;
            }
            response.body().close();
        } catch (ConnectException | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return secureAfter(e, request, registry, phase, deadline);
        }
        return secure(request, registry, phase, deadline);
    }

    /** Servers for TLS refuse plain HTTP before they know what they are. */
    private static boolean isFromRegistry(Response response) {
        boolean saysSo =
                response.headers().firstValue("Docker-Distribution-Api-Version").isPresent();
        return saysSo
                || response.headers()
                        .firstValue("Content-Type")
                        .filter(type -> type.startsWith("application/json"))
                        .isPresent();
    }

    private Response secureAfter(
            IOException plainFailure, Request request, String registry, Phase phase, Deadline deadline)
            throws IOException {
        try {
            return secure(request, registry, phase, deadline);
        } catch (IOException e) {
            throw NetworkFailures.isCertificateProblem(e) ? e : plainFailure;
        }
    }

    private Response firstSecure(Request request, String registry, Phase phase, Deadline deadline) throws IOException {
        try {
            return secure(request, registry, phase, deadline);
        } catch (IOException e) {
            if (!settings.allowInsecureRegistries()
                    || NetworkFailures.isCertificateProblem(e)
                    || e instanceof ProxyPasswordException) {
                throw e;
            }
        }
        Response response = send("http", request.without("Authorization"), registry, phase, deadline);
        if (known.put(registry, "http") == null) {
            listener.insecure(registry);
        }
        return response;
    }

    private Response secure(Request request, String registry, Phase phase, Deadline deadline) throws IOException {
        Response response = send("https", request, registry, phase, deadline);
        known.put(registry, "https");
        return response;
    }

    private Response send(String scheme, Request request, String registry, Phase phase, Deadline deadline)
            throws IOException {
        URI uri = URI.create(scheme + "://" + registry + request.uri());
        boolean clear = scheme.equals("http") && !RegistryHost.isLoopback(registry) && holdsSecret(request);
        return redirects.send((clear ? request.without("Authorization") : request).to(uri), phase, deadline);
    }

    private boolean holdsSecret(Request request) {
        return Optional.ofNullable(request.headers().get("Authorization"))
                .filter(secrets::contains)
                .isPresent();
    }

    /** Whether what is sent to this registry can be read by nobody else. */
    boolean isPrivate(String registry) {
        return RegistryHost.isLoopback(registry) || !"http".equals(known.get(registry));
    }
}
