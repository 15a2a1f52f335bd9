package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;

/** Repeats what may succeed later, with growing and bounded pauses. */
final class Retries {

    static final int ATTEMPTS = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    private static final Duration LONGEST_ASKED_PAUSE = Duration.ofSeconds(60);

    private final Timing timing;
    private final TransferListener listener;
    private final Messages messages;

    Retries(Timing timing, TransferListener listener, Messages messages) {
        this.timing = timing;
        this.listener = listener;
        this.messages = messages;
    }

    <T> T run(String host, Phase phase, Deadline deadline, Attempt<T> attempt) {
        return run(host, phase, deadline, attempt, UnaryOperator.identity());
    }

    /** With what makes of the last failure what is told of it. */
    <T> T run(String host, Phase phase, Deadline deadline, Attempt<T> attempt, UnaryOperator<IOException> last) {
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (IOException e) {
                pause(number, host, phase, deadline, e, last);
            }
        }
    }

    /** Waits before the next attempt, or ends the build if this was the last or cannot be mended by waiting. */
    void pause(int failed, String host, Phase phase, Deadline deadline, IOException failure) {
        pause(failed, host, phase, deadline, failure, UnaryOperator.identity());
    }

    private void pause(
            int failed,
            String host,
            Phase phase,
            Deadline deadline,
            IOException failure,
            UnaryOperator<IOException> last) {
        if (Thread.currentThread().isInterrupted()) {
            throw messages.interrupted(host, phase);
        }
        Duration delay = delay(failed, failure);
        boolean late = delay.compareTo(deadline.remaining()) >= 0;
        if (failed >= ATTEMPTS || late || isLasting(failure)) {
            throw messages.gaveUp(host, phase, failed, last.apply(failure));
        }
        listener.waiting(answering(failure, host), phase, messages.reason(failure), delay);
        try {
            timing.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw messages.interrupted(host, phase);
        }
    }

    private static String answering(IOException failure, String asked) {
        return failure instanceof TemporaryException temporary ? temporary.host() : asked;
    }

    /**
     * A name that is not known is lasting, for the resolver has asked several times already and the JVM repeats its
     * answer for 10 s ({@code networkaddress.cache.negative.ttl} in {@code java.security}).
     */
    private static boolean isLasting(IOException failure) {
        return failure instanceof ProxyPasswordException
                || NetworkFailures.isCertificateProblem(failure)
                || NetworkFailures.isUnknownHost(failure);
    }

    private Duration delay(int failed, IOException failure) {
        Duration growing = FIRST_PAUSE.multipliedBy(1L << Math.min(failed - 1, 10));
        Duration own = shorter(growing, LONGEST_PAUSE);
        if (failure instanceof TemporaryException temporary) {
            return temporary
                    .retryAfter()
                    // A clock that is ahead makes every date one that is past.
                    .map(text -> shorter(longer(asked(text, own), own), LONGEST_ASKED_PAUSE))
                    .orElse(own);
        }
        return own;
    }

    /** Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date. */
    private Duration asked(String text, Duration otherwise) {
        String value = text.strip();
        if (value.matches("\\d+")) {
            return Duration.ofSeconds(value.length() > 9 ? Integer.MAX_VALUE : Long.parseLong(value));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Duration.between(timing.now(), date.toInstant());
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    /** Something that may fail for now. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }
}
