package io.github.lambdacontainer.goal;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The startup archive of the image: classes as the virtual machine holds them, made by a training run of the function. */
public final class StartupOptions implements Options.Group {

    /**
     * The archive: {@code cds} for class data sharing (Java 13 and newer), {@code aot} for an ahead-of-time cache (Java 25
     * and newer), {@code auto} for the best that is possible, {@code none} for none.
     */
    @Option("none")
    private @Nullable String mode;

    /**
     * Directory of the events that the function answers in the training run, files {@code *.json} in the order of their
     * names. The goal {@code invoke} finds events there by their names.
     */
    @Option("src/lambda/events where that directory exists; else the function is only initialised")
    private @Nullable File events;

    /** Environment variables of the training run: {@code NAME=value}, or {@code NAME} for one of the build's own. */
    @Option("none of the build's own, and no credentials")
    private @Nullable List<String> environment;

    /** How many seconds each start of the function, each event and the dump may take. */
    @Option("60")
    private @Nullable String timeout;

    /** Whether the build fails where the archive cannot be made, rather than going on without. */
    @Option("false")
    private boolean required;

    @Nullable String mode() {
        return mode;
    }

    @Nullable File events() {
        return events;
    }

    List<String> environment() {
        return environment == null ? List.of() : environment;
    }

    @Nullable String timeout() {
        return timeout;
    }

    boolean required() {
        return required;
    }
}
