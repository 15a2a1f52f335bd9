package io.github.lambdacontainer.ecr;

import java.time.Duration;

/** Hears what the calls to AWS do while people wait. */
@FunctionalInterface
public interface AwsListener {

    /** Hears nothing. */
    AwsListener SILENT = (service, reason, delay) -> {};

    /** A call to this service is repeated after this delay. */
    void waiting(String service, String reason, Duration delay);

    /** For so long credentials have been looked for, and this source has not answered yet. */
    default void looking(String source, Duration since) {}
}
