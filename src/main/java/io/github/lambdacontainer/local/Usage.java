package io.github.lambdacontainer.local;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What an invocation took.
 *
 * @param requestId the invocation
 * @param duration how long the function had the event
 * @param memory the function's memory in MB
 * @param peakMemory the most memory it had so far, in bytes; 0 if that is not known
 * @param initDuration how long it took to initialise, of the first invocation only
 */
public record Usage(String requestId, Duration duration, int memory, long peakMemory, Optional<Duration> initDuration) {

    /**
     * The line that Lambda logs. Initialisation is billed with the first invocation (AWS Lambda Developer Guide,
     * "Understanding the Lambda execution environment lifecycle"). Memory that the system does not tell is left out.
     */
    public String report() {
        double billed = Math.ceil(millis(duration.plus(initDuration.orElse(Duration.ZERO))));
        return String.format(
                        Locale.ROOT,
                        "REPORT RequestId: %s\tDuration: %.2f ms\tBilled Duration: %.0f ms\tMemory Size: %d MB",
                        requestId,
                        millis(duration),
                        billed,
                        memory)
                + (peakMemory == 0
                        ? ""
                        : "\tMax Memory Used: " + Math.round(Math.ceil(peakMemory / (double) (1 << 20))) + " MB")
                + initDuration
                        .map(init -> String.format(Locale.ROOT, "\tInit Duration: %.2f ms", millis(init)))
                        .orElse("");
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
