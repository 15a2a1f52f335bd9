package io.github.lambdacontainer.registry;

import java.time.Duration;

/** The time for an operation with all its repetitions is over. */
final class LateException extends NoAnswerException {

    private static final long serialVersionUID = 1L;

    private final Duration limit;

    LateException(Duration limit) {
        super(limit);
        this.limit = limit;
    }

    /** The limit as a sentence has it, such as {@code 30 min}. */
    String limit() {
        return limit.toMinutes() > 0 ? limit.toMinutes() + " min" : limit.toSeconds() + " s";
    }
}
