package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.util.Optional;

/** A registry, or a host that it sent the build to, answered with a status that may pass. */
final class TemporaryException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String host;
    private final int status;
    private final String words;
    private final transient Optional<String> retryAfter;
    private final transient Optional<Problem> advised;

    TemporaryException(String host, int status, String words, Optional<String> retryAfter, Optional<Problem> advised) {
        super("Answered " + status);
        this.host = host;
        this.status = status;
        this.words = words;
        this.retryAfter = retryAfter;
        this.advised = advised;
    }

    static boolean isTemporary(int status) {
        return switch (status) {
            case 408, 429 -> true;
            case 501, 505 -> false;
            default -> status >= 500;
        };
    }

    /** Who answered. */
    String host() {
        return host;
    }

    int status() {
        return status;
    }

    /** The registry's own words, in parentheses, or nothing. */
    String words() {
        return words;
    }

    Optional<String> retryAfter() {
        return retryAfter;
    }

    /** What to tell the user if it does not pass, from who knows this registry. */
    Optional<Problem> advised() {
        return advised;
    }
}
