package io.github.lambdacontainer.local;

import java.time.Duration;
import java.util.Map;

/**
 * How Lambda would be told to run a function.
 *
 * @param name the function's name
 * @param memory its memory in MB
 * @param timeout how long an invocation may take
 * @param environment variables that the function gets on top of the image's and Lambda's own
 */
public record FunctionSettings(String name, int memory, Duration timeout, Map<String, String> environment) {

    /** How long Lambda lets a function initialise before it starts it again, at the invocation's expense. */
    private static final Duration INITIALIZATION = Duration.ofSeconds(10);

    /** How long the function may take until it asks for its first event: what Lambda gives it for its two starts. */
    public Duration startLimit() {
        return INITIALIZATION.plus(timeout);
    }
}
