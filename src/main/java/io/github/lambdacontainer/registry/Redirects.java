package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows redirects of what only reads: never from HTTPS to HTTP, and never with credentials to another host. */
final class Redirects {

    private static final int MAX = 5;

    private final Http http;
    private final HttpSettings settings;
    private final Messages messages;

    Redirects(Http http, HttpSettings settings, Messages messages) {
        this.http = http;
        this.settings = settings;
        this.messages = messages;
    }

    Response send(Request request, Phase phase, Deadline deadline) throws IOException {
        Request current = request;
        for (int followed = 0; followed <= MAX; followed++) {
            Response response = http.send(current, deadline);
            Optional<String> location = location(request, response);
            if (location.isEmpty()) {
                return response;
            }
            response.body().close();
            URI target = target(current.uri(), location.get(), phase);
            current = sameOrigin(current.uri(), target)
                    ? current.to(target)
                    : current.to(target).without("Authorization");
        }
        throw messages.badRedirect(request.uri().getHost(), phase, "more than " + MAX + " times in a row");
    }

    private static Optional<String> location(Request request, Response response) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        return switch (response.statusCode()) {
            case 301, 302, 303, 307, 308 ->
                response.headers().firstValue("Location").filter(value -> reads);
            default -> Optional.empty();
        };
    }

    /** The address that a registry answered with, if it may be followed. */
    URI target(URI from, String location, Phase phase) {
        URI target = parse(from, location);
        if (target == null || target.getHost() == null) {
            throw messages.badRedirect(from.getHost(), phase, "to an address that is none");
        }
        if (!mayFollow(from, target)) {
            throw messages.badRedirect(from.getHost(), phase, "to '" + target.getHost() + "' over plain HTTP");
        }
        return target;
    }

    private static @Nullable URI parse(URI from, String location) {
        try {
            return from.resolve(location);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private boolean mayFollow(URI from, URI target) {
        if ("https".equals(target.getScheme())) {
            return true;
        }
        return "http".equals(target.getScheme())
                && "http".equals(from.getScheme())
                && (settings.allowInsecureRegistries() || RegistryHost.isLoopback(target.getHost()));
    }

    static boolean sameOrigin(URI a, URI b) {
        return Objects.equals(a.getScheme(), b.getScheme())
                && Objects.equals(a.getHost(), b.getHost())
                && port(a) == port(b);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
