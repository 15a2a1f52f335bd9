package io.github.lambdacontainer.registry;

import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** The time for an operation with all its repetitions is over. */
final class LateException extends HttpTimeoutException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;

    LateException(Duration limit) {
        super("Not done within " + limit);
        this.limit = limit;
    }

    /** The limit as a sentence has it, such as {@code 30 min}. */
    String limit() {
        return limit.toMinutes() > 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s";
    }
}
