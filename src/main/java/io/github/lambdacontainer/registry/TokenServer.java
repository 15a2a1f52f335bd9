package io.github.lambdacontainer.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gets bearer tokens from the server that a registry names (CNCF distribution, "Token Authentication Specification").
 *
 * <p>The registry's credentials go to that server only if it shares the registry's parent domain and speaks HTTPS;
 * any other server is asked for an anonymous token.
 */
final class TokenServer {

    private static final int MAX_SIZE = 1 << 20;

    private final Redirects redirects;
    private final Retries retries;
    private final Redactor redactor;
    private final Messages messages;

    TokenServer(Redirects redirects, Retries retries, Redactor redactor, Messages messages) {
        this.redirects = redirects;
        this.retries = retries;
        this.redactor = redactor;
        this.messages = messages;
    }

    /**
     * A token.
     *
     * @param authorization the value of an {@code Authorization} header
     * @param used the credentials that it was asked for with
     */
    record Bearer(String authorization, FoundCredentials used) {
        @Override
        public String toString() {
            return "Bearer ***";
        }
    }

    /**
     * A token for what is asked of the registry.
     *
     * @param refusals what a refusal means to whoever asks
     */
    Bearer bearer(
            Challenge challenge, RegistryCall call, FoundCredentials found, Deadline deadline, Refusals refusals) {
        Reference reference = call.reference();
        URI realm = realm(challenge, reference.registry());
        FoundCredentials sent = RegistryHost.sharesOwner(reference.registry(), realm.getHost())
                ? found
                : found.withhold(messages.withheldFrom(realm.getHost()));
        Request request = request(realm, challenge, Scopes.of(challenge, call.scopes()), sent.credentials());
        String token = retries.run(
                realm.getHost(), Phase.TOKEN, deadline, () -> ask(request, reference, sent, deadline, refusals));
        redactor.add(token);
        return new Bearer("Bearer " + token, sent);
    }

    private URI realm(Challenge challenge, String registry) {
        String text = challenge.parameters().getOrDefault("realm", "");
        try {
            URI realm = URI.create(text);
            if (realm.getHost() != null && (isHttps(realm) || isLoopback(realm, registry))) {
                return realm;
            }
        } catch (IllegalArgumentException e) {
            throw messages.badRealm(registry, text);
        }
        throw messages.badRealm(registry, text);
    }

    private static boolean isHttps(URI realm) {
        return "https".equals(realm.getScheme());
    }

    private static boolean isLoopback(URI realm, String registry) {
        return "http".equals(realm.getScheme())
                && RegistryHost.isLoopback(realm.getHost())
                && RegistryHost.isLoopback(registry);
    }

    /** A query repeats the scope, a form joins them by spaces: the two ways of the two specifications. */
    private static Request request(
            URI realm, Challenge challenge, List<String> scopes, Optional<Credentials> credentials) {
        List<String> query = new ArrayList<>();
        Optional.ofNullable(challenge.parameters().get("service")).ifPresent(s -> query.add(field("service", s)));
        if (credentials.filter(Credentials::isRefreshToken).isPresent()) {
            query.add(field("scope", String.join(" ", scopes)));
            query.add(field("grant_type", "refresh_token"));
            query.add(field("client_id", HttpSettings.USER_AGENT));
            query.add(field("refresh_token", credentials.get().password()));
            Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
            return new Request("POST", realm, headers, RequestBody.of(String.join("&", query)));
        }
        scopes.forEach(scope -> query.add(field("scope", scope)));
        URI uri = URI.create(realm + (realm.getRawQuery() == null ? "?" : "&") + String.join("&", query));
        Request request = Request.get(uri, Map.of());
        return credentials.map(c -> request.with("Authorization", c.basic())).orElse(request);
    }

    private static String field(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private String ask(
            Request request, Reference reference, FoundCredentials found, Deadline deadline, Refusals refusals)
            throws IOException {
        Response response = redirects.send(request, Phase.TOKEN, deadline);
        int status = response.statusCode();
        String host = request.uri().getHost();
        if (status == 200) {
            return token(response, host);
        }
        throw refusals.of(reference, Phase.TOKEN, host, Refused.of(response), Set.of(), found);
    }

    private String token(Response response, String host) throws IOException {
        try {
            byte[] bytes = ShortBody.read(response, MAX_SIZE)
                    .orElseThrow(() -> messages.badToken(host, "its answer is larger than 1 MiB"));
            JsonNode document = Json.object(bytes);
            String token =
                    document.path("token").asText(document.path("access_token").asText(""));
            if (!token.matches("[\\x21-\\x7e]+")) {
                throw messages.badToken(host, "its answer has neither 'token' nor 'access_token'");
            }
            return token;
        } catch (MalformedException e) {
            // The parser's own words may quote a token.
            throw messages.badToken(host, "its answer is not JSON");
        }
    }
}
