package io.github.lambdacontainer.it;

import io.github.lambdacontainer.emulator.FunctionError;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.emulator.RuntimeApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** The function that a test runs against the Runtime API. */
final class LocalFunction implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final RuntimeApi api;
    private volatile String log = "";

    LocalFunction() {
        try {
            api = RuntimeApi.start(START_LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its interface client talks to. */
    RuntimeApi api() {
        return api;
    }

    /** What the function's {@code AWS_LAMBDA_RUNTIME_API} has to be. */
    String address() {
        return api.address();
    }

    /** The response to an event. */
    String invoke(String event, Duration limit) {
        InvocationResult result = api.invoke(Invocation.of(Payload.of(event), limit));
        if (result instanceof InvocationResult.Failed failed) {
            throw new Failed(failed.error(), log);
        }
        return result.payload().text();
    }

    /** Whether the function has asked for an event or said why it cannot. */
    boolean isReached() {
        return api.ready().isDone()
                && api.ready()
                        .join()
                        .map(error -> error.cause() == FunctionError.Cause.INITIALIZATION)
                        .orElse(true);
    }

    /** Says that the function's process has ended and what it had printed. */
    void ended(int exitCode, String printed) {
        log = printed;
        api.end(FunctionError.exited(exitCode));
    }

    @Override
    public void close() {
        api.close();
    }

    /** The function answered with an error, or could not answer. */
    static final class Failed extends RuntimeException {

        private final String type;

        Failed(FunctionError error, String log) {
            super(error.message() + (log.isEmpty() ? "" : ", log:\n" + log));
            type = error.type();
        }

        String type() {
            return type;
        }
    }
}
