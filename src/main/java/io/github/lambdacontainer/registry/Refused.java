package io.github.lambdacontainer.registry;

import java.util.Locale;
import java.util.Optional;

/**
 * An answer that is a refusal.
 *
 * @param status the HTTP status
 * @param words what the registry said
 * @param retryAfter the header {@code Retry-After}
 */
record Refused(int status, RegistryWords words, Optional<String> retryAfter) {

    /** What a response says; closes its body. */
    static Refused of(Response response) {
        return new Refused(
                response.statusCode(),
                RegistryWords.of(response),
                response.headers().firstValue("Retry-After"));
    }

    /** Whether this is about who asks. */
    boolean isDenial() {
        return isDenial(status);
    }

    static boolean isDenial(int status) {
        return status == 401 || status == 403;
    }

    /** Whether credentials were good once: Amazon ECR says so with 403, not with a challenge. */
    boolean isExpiry() {
        return status == 403 && words.message().toLowerCase(Locale.ROOT).contains("expired");
    }
}
