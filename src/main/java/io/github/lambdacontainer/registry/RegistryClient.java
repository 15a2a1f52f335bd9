package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * Asks registries, whatever the verb: finds the scheme, follows redirects, says who asks and repeats what fails for
 * now.
 *
 * <p>The first request to a registry is anonymous; how to authorise the others is learnt from the challenge.
 */
final class RegistryClient {

    private static final int WORTH_READING = 64 << 10;

    private final Schemes schemes;
    private final Authorizations authorizations;
    private final CredentialFinder credentials;
    private final Retries retries;
    private final Refusals refusals;

    RegistryClient(
            Schemes schemes,
            Authorizations authorizations,
            CredentialFinder credentials,
            Retries retries,
            Refusals refusals) {
        this.schemes = schemes;
        this.authorizations = authorizations;
        this.credentials = credentials;
        this.retries = retries;
        this.refusals = refusals;
    }

    /** What the reader makes of the response; the reader closes the body. */
    <T> T call(RegistryCall call, Deadline deadline, Reader<T> reader) {
        return retries.run(call.registry(), call.phase(), deadline, () -> reader.read(once(call, deadline)));
    }

    /** The response without its body. */
    HttpResponse<?> call(RegistryCall call, Deadline deadline) {
        return call(call, deadline, RegistryClient::withoutBody);
    }

    /**
     * The response to a request that is not repeated.
     *
     * @throws IOException if it may succeed later
     */
    HttpResponse<InputStream> once(RegistryCall call, Deadline deadline) throws IOException {
        HttpResponse<InputStream> response = authorised(call, deadline);
        int status = response.statusCode();
        if (call.accepts(status)) {
            return response;
        }
        FoundCredentials used = used(call, status);
        throw refusals.of(call.reference(), call.phase(), call.registry(), response, call.passing(), used);
    }

    /** What to throw because of an answer after all. */
    RuntimeException refusal(RegistryCall call, int status, RegistryWords words) {
        return refusals.lasting(call.reference(), call.phase(), call.registry(), status, words, used(call, status));
    }

    private FoundCredentials used(RegistryCall call, int status) {
        String registry = call.registry();
        return status == 401 || status == 403 ? credentials.find(registry) : credentials.known(registry);
    }

    /** Reads a short body to its end, as its connection can be used again then. */
    static HttpResponse<?> withoutBody(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = response.body()) {
            body.readNBytes(WORTH_READING);
        }
        return response;
    }

    private HttpResponse<InputStream> authorised(RegistryCall call, Deadline deadline) throws IOException {
        Optional<String> authorization = authorizations.first(call, deadline);
        HttpResponse<InputStream> response = send(call, authorization, deadline);
        if (response.statusCode() != 401 || call.isElsewhere() || !isFrom(response.uri(), call.registry())) {
            return response;
        }
        Optional<String> answer = authorizations.next(response, call, authorization, deadline);
        if (answer.isEmpty()) {
            return response;
        }
        withoutBody(response);
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

    private static boolean isFrom(URI uri, String registry) {
        return registry.equalsIgnoreCase(uri.getRawAuthority());
    }

    /** Makes something of a response that was accepted. */
    @FunctionalInterface
    interface Reader<T> {
        T read(HttpResponse<InputStream> response) throws IOException;
    }
}
