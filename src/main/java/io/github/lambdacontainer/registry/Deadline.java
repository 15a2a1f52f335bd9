package io.github.lambdacontainer.registry;

import java.time.Duration;
import java.time.Instant;

/**
 * When an operation with all its repetitions has to be over.
 *
 * @param timing the clock it goes by
 * @param end the end of the operation
 * @param limit how long the operation may take in all
 */
record Deadline(Timing timing, Instant end, Duration limit) {

    static Deadline after(Timing timing, Duration duration) {
        return new Deadline(timing, timing.now().plus(duration), duration);
    }

    Duration remaining() {
        Duration left = Duration.between(timing.now(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    Duration atMost(Duration duration) {
        return remaining().compareTo(duration) < 0 ? remaining() : duration;
    }
}
