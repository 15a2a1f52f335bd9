package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks registries, whatever the verb: finds the scheme, follows redirects, says who asks and repeats what fails for
 * now.
 *
 * <p>The first request to a repository is anonymous; how to authorise the others is learnt from the challenge.
 */
final class RegistryClient {

    private final Schemes schemes;
    private final TokenServer tokens;
    private final CredentialFinder credentials;
    private final Retries retries;
    private final Messages messages;
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();

    RegistryClient(
            Schemes schemes, TokenServer tokens, CredentialFinder credentials, Retries retries, Messages messages) {
        this.schemes = schemes;
        this.tokens = tokens;
        this.credentials = credentials;
        this.retries = retries;
        this.messages = messages;
    }

    /** What the reader makes of the response; the reader closes the body. */
    <T> T call(RegistryCall call, Deadline deadline, Reader<T> reader) {
        return retries.run(call.registry(), call.phase(), deadline, () -> reader.read(accepted(call, deadline)));
    }

    private HttpResponse<InputStream> accepted(RegistryCall call, Deadline deadline) throws IOException {
        HttpResponse<InputStream> response = authorised(call, deadline);
        int status = response.statusCode();
        if (call.accepts(status)) {
            return response;
        }
        String words = RegistryWords.of(response);
        if (TemporaryException.isTemporary(status)) {
            throw new TemporaryException(status, words, response.headers().firstValue("Retry-After"));
        }
        throw switch (status) {
            case 404 -> messages.notFound(call.reference(), words);
            case 401, 403 -> messages.notAuthorised(call.reference(), status, words, credentials.find(call.registry()));
            default -> messages.refused(call.registry(), call.phase(), status, words);
        };
    }

    private HttpResponse<InputStream> authorised(RegistryCall call, Deadline deadline) throws IOException {
        String key = call.registry() + "/" + call.reference().repository();
        Optional<String> authorization = Optional.ofNullable(authorizations.get(key));
        HttpResponse<InputStream> response = send(call, authorization, deadline);
        if (response.statusCode() != 401 || !isFrom(response.uri(), call.registry())) {
            return response;
        }
        Optional<String> answer = answer(response, call, authorization.isPresent(), deadline);
        if (answer.isEmpty()) {
            return response;
        }
        response.body().close();
        authorizations.put(key, answer.get());
        return send(call, answer, deadline);
    }

    private HttpResponse<InputStream> send(RegistryCall call, Optional<String> authorization, Deadline deadline)
            throws IOException {
        Request request = call.request();
        return schemes.send(
                authorization.map(value -> request.with("Authorization", value)).orElse(request),
                call.registry(),
                call.phase(),
                deadline);
    }

    private Optional<String> answer(HttpResponse<?> response, RegistryCall call, boolean stale, Deadline deadline) {
        Optional<Challenge> challenge = Challenge.best(response.headers().allValues("WWW-Authenticate"));
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        FoundCredentials found = stale ? credentials.findAgain(call.registry()) : credentials.find(call.registry());
        boolean secret = schemes.isPrivate(call.registry());
        if (challenge.get().scheme().equals("bearer")) {
            FoundCredentials usable = secret ? found : new FoundCredentials(Optional.empty(), found.sources());
            return Optional.of(tokens.bearer(challenge.get(), call.reference(), usable, deadline));
        }
        if (found.credentials().isPresent() && !secret) {
            throw messages.credentialsInClear(call.registry());
        }
        return found.credentials().map(Credentials::basic);
    }

    private static boolean isFrom(URI uri, String registry) {
        return registry.equalsIgnoreCase(uri.getRawAuthority());
    }

    /** Makes something of a response that was accepted. */
    @FunctionalInterface
    interface Reader<T> {
        T read(HttpResponse<InputStream> response) throws IOException;
    }
}
