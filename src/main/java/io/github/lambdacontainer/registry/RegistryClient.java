package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Asks registries, whatever the verb: finds the scheme, follows redirects, says who asks and repeats what fails for
 * now.
 *
 * <p>The first request to a registry is anonymous, unless it is known to want a password; how to authorise the others is
 * learnt from the challenge. A registry that refuses without one is given a password where nobody else can read it.
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

    /** The same, which says of refusals what these say. */
    RegistryClient with(Refusals other) {
        return new RegistryClient(schemes, authorizations, credentials, retries, other);
    }

    /** What the reader makes of the response; the reader closes the body. */
    <T> T call(RegistryCall call, Deadline deadline, Reader<T> reader) {
        return retries.run(
                call.registry(),
                call.phase(),
                deadline,
                () -> reader.read(once(call, deadline)),
                failure -> withWords(failure, call, deadline));
    }

    /** The response without its body. */
    Response call(RegistryCall call, Deadline deadline) {
        return call(call, deadline, RegistryClient::withoutBody);
    }

    /**
     * The response to a request that is not repeated.
     *
     * @throws IOException if it may succeed later
     */
    Response once(RegistryCall call, Deadline deadline) throws IOException {
        Optional<String> first = authorizations.first(call, deadline, refusals);
        Response response = send(call, first, deadline);
        if (first.isPresent() && isChallenge(response, call) && authorizations.withdraw(call)) {
            withoutBody(response);
            first = Optional.empty();
            response = send(call, first, deadline);
        }
        authorizations.confirm(call.registry());
        Optional<String> answer = answer(response, call, first, deadline);
        if (answer.isPresent()) {
            withoutBody(response);
            response = send(call, answer, deadline);
        }
        if (call.accepts(response.statusCode())) {
            return response;
        }
        Optional<String> current = answer.isPresent() ? answer : first;
        Refused refused = Refused.of(withWords(response, call, current, deadline));
        Optional<String> other = other(response, refused, call, current, deadline);
        if (other.isPresent()) {
            response = send(call, other, deadline);
            if (call.accepts(response.statusCode())) {
                return response;
            }
            refused = Refused.of(withWords(response, call, other, deadline));
        }
        String host = isFromRegistry(response, call)
                ? call.registry()
                : response.uri().getRawAuthority();
        FoundCredentials used = used(call, refused.status());
        throw refusals.of(call.reference(), call.phase(), host, refused, call.passing(), used);
    }

    /** What to send once more after a refusal that is no challenge. */
    private Optional<String> other(
            Response response, Refused refused, RegistryCall call, Optional<String> current, Deadline deadline) {
        if (current.isEmpty()) {
            return refused.isDenial() && isFromRegistry(response, call)
                    ? authorizations.unasked(response, call)
                    : Optional.empty();
        }
        return refused.isExpiry() || isWordless(call, refused)
                ? authorizations.renewed(call, current, deadline, refusals)
                : Optional.empty();
    }

    private Optional<String> answer(Response response, RegistryCall call, Optional<String> refused, Deadline deadline) {
        return isChallenge(response, call)
                ? authorizations.next(response, call, refused, deadline, refusals)
                : Optional.empty();
    }

    private static boolean isChallenge(Response response, RegistryCall call) {
        return response.statusCode() == 401 && isFromRegistry(response, call);
    }

    /** What has expired cannot be told from what is denied then, and new credentials are worth one request. */
    private static boolean isWordless(RegistryCall call, Refused refused) {
        return isOfBlob(call) && refused.status() == 403;
    }

    /** Amazon ECR wants another permission for a blob's bytes: a {@code GET} could be refused for that. */
    private static boolean isOfBlob(RegistryCall call) {
        return call.phase() == Phase.LOOKUP;
    }

    /** A refused {@code HEAD} has no words; the same as {@code GET} has. */
    private Response withWords(
            Response response, RegistryCall call, Optional<String> authorization, Deadline deadline) {
        int status = response.statusCode();
        boolean mute = call.request().method().equals("HEAD") && !isOfBlob(call);
        if (!mute || TemporaryException.isTemporary(status)) {
            return response;
        }
        try {
            Response other = send(call.as("GET"), authorization, deadline);
            if (other.statusCode() == status) {
                return other;
            }
            other.body().close();
        } catch (IOException e) {
            // The status has to do.
            return response;
        }
        return response;
    }

    /** The same for a {@code HEAD} that failed for now as often as it may. */
    private IOException withWords(IOException failure, RegistryCall call, Deadline deadline) {
        boolean head = call.request().method().equals("HEAD");
        if (!head
                || !(failure instanceof TemporaryException mute)
                || !mute.words().isEmpty()) {
            return failure;
        }
        try {
            once(call.as("GET"), deadline).body().close();
        } catch (TemporaryException e) {
            return e.status() == mute.status() ? e : failure;
        } catch (IOException | Failure | NoRepository e) {
            // The status has to do.
            return failure;
        }
        return failure;
    }

    /** What to throw because of an answer after all. */
    RuntimeException refusal(RegistryCall call, int status, RegistryWords words) {
        String host = call.isElsewhere() ? call.request().uri().getRawAuthority() : call.registry();
        return refusals.lasting(call.reference(), call.phase(), host, status, words, used(call, status));
    }

    private FoundCredentials used(RegistryCall call, int status) {
        String registry = call.registry();
        return Refused.isDenial(status) ? authorizations.used(registry) : credentials.known(registry);
    }

    /** Reads a short body to its end, as its connection can be used again then. */
    static Response withoutBody(Response response) throws IOException {
        try (InputStream body = response.body()) {
            body.readNBytes(WORTH_READING);
        }
        return response;
    }

    private Response send(RegistryCall call, Optional<String> authorization, Deadline deadline) throws IOException {
        Request request = call.request();
        return schemes.send(
                authorization.map(value -> request.with("Authorization", value)).orElse(request),
                call.registry(),
                call.phase(),
                deadline);
    }

    private static boolean isFromRegistry(Response response, RegistryCall call) {
        return !call.isElsewhere()
                && call.registry().equalsIgnoreCase(response.uri().getRawAuthority());
    }

    /** Makes something of a response that was accepted. */
    @FunctionalInterface
    interface Reader<T> {
        T read(Response response) throws IOException;
    }
}
