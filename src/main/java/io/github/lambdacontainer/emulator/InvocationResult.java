package io.github.lambdacontainer.emulator;

import java.time.Duration;

/** How an invocation ended. */
public sealed interface InvocationResult {

    /** How long the function had the event. */
    Duration duration();

    /** What Lambda answers the caller: the function's response, or the error as JSON. */
    Payload payload();

    /**
     * The function answered.
     *
     * @param duration how long it had the event
     * @param payload its response
     */
    record Response(Duration duration, Payload payload) implements InvocationResult {}

    /**
     * The function failed.
     *
     * @param duration how long it had the event
     * @param error why it failed
     */
    record Failed(Duration duration, FunctionError error) implements InvocationResult {

        @Override
        public Payload payload() {
            return error.payload();
        }
    }
}
