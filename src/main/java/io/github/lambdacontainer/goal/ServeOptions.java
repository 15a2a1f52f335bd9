package io.github.lambdacontainer.goal;

import org.jspecify.annotations.Nullable;

/** How the function is served. */
public final class ServeOptions implements Options.Group {

    /** The port of this machine, 1 to 65535. The default is the first free one; a port that is named has to be free. */
    @Option("8080, or the next free port")
    private @Nullable String port;

    /** How many events are handled at a time, 1 to 100, each by a process of its own; further events wait. */
    @Option("4")
    private @Nullable String concurrency;

    String port() {
        return port == null ? "" : port.strip();
    }

    String concurrency() {
        return concurrency == null || concurrency.isBlank() ? "4" : concurrency;
    }
}
