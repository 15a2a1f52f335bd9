package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GuardedBodyTest {

    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofSeconds(30);

    private static final Runnable NOTHING = () -> {};

    /** On a clock that stands still, something of the operation is always left when a wait ends. */
    private final Timing still = new Timing() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void sleep(Duration duration) {
            throw new AssertionError("Nothing is repeated here");
        }
    };

    @Test
    void saysThatTheOperationIsOverWhereItsEndComesFirst() {
        GuardedBody body = new GuardedBody(LONG, Deadline.after(still, SHORT), NOTHING);

        assertThatExceptionOfType(LateException.class).isThrownBy(body::read);
    }

    @Test
    void saysThatNothingCameWhereTheOperationHasTimeLeft() {
        GuardedBody body = new GuardedBody(SHORT, Deadline.after(still, LONG), NOTHING);

        assertThatExceptionOfType(StallException.class).isThrownBy(body::read);
    }
}
