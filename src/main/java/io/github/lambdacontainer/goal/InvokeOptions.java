package io.github.lambdacontainer.goal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a function runs on this machine. */
public final class InvokeOptions implements Options.Group {

    /**
     * The event: a file, JSON, {@code -} for standard input, or {@code sample:} and the name of a source. A file is also
     * found by its name in the directory {@code startup/events}. Short on the command line: {@code -Dlambda-container.event}.
     */
    @Option("{}")
    private @Nullable String event;

    /** The function's memory in MB, 128 to 10240; the heap is as large as on Lambda with that memory. */
    @Option("512")
    private @Nullable String memory;

    /** How many seconds an invocation may take, 1 to 900; a function that takes longer is ended as on Lambda. */
    @Option("30")
    private @Nullable String timeout;

    /**
     * Environment variables of the function: {@code NAME=value}, or {@code NAME} for one of the build's own. For AWS these
     * are {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY}, {@code AWS_SESSION_TOKEN} and {@code AWS_REGION};
     * profiles are files, which the image has none of.
     */
    @Option("none")
    private @Nullable List<String> environment;

    /**
     * Where the function runs: {@code none} on this machine and without a container, {@code docker} or {@code podman} in
     * a container of that engine, from which it is gone afterwards; {@code auto} on this machine where that is a Linux
     * that can run it, else in a container of the engine that is there.
     */
    @Option("auto")
    private @Nullable String engine;

    String engine() {
        return engine == null || engine.isBlank() ? "auto" : engine;
    }

    String event() {
        return event == null || event.isBlank() ? "{}" : event;
    }

    String memory() {
        return memory == null || memory.isBlank() ? "512" : memory;
    }

    String timeout() {
        return timeout == null || timeout.isBlank() ? "30" : timeout;
    }

    List<String> environment() {
        return environment == null ? List.of() : environment;
    }
}
