package io.github.lambdacontainer.registry;

import java.time.Duration;
import java.time.Instant;

/** The clock that repetitions go by. */
interface Timing {

    /** The machine's own. */
    Timing SYSTEM = new Timing() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration.toMillis());
        }
    };

    Instant now();

    void sleep(Duration duration) throws InterruptedException;
}
