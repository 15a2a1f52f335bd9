package io.github.lambdacontainer.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether and how an image gets a startup archive: classes as the virtual machine holds them in memory, so that a start
 * neither parses nor checks them.
 *
 * @param mode the kind of archive asked for
 * @param required whether an image without the archive is none
 * @param events the directory of the events that the function is trained with; without one, it is only initialised
 * @param environment variables that only the training has
 * @param ofBuild names of those variables that are the build's own: their values, such as tokens, are other ones in
 *     every build, and do not decide what is in the archive
 * @param timeout how long each start of the function, each event and the dump may take
 * @param machine the machine that trains
 */
public record StartupSettings(
        Mode mode,
        boolean required,
        Optional<Path> events,
        Map<String, String> environment,
        Set<String> ofBuild,
        Duration timeout,
        BuildMachine machine) {

    /** Settings without a variable of the build's own. */
    public StartupSettings(
            Mode mode,
            boolean required,
            Optional<Path> events,
            Map<String, String> environment,
            Duration timeout,
            BuildMachine machine) {
        this(mode, required, events, environment, Set.of(), timeout, machine);
    }

    /** The kind of archive asked for. */
    public enum Mode {
        /** No archive. */
        NONE,
        /** Class data sharing for the application's classes, too. */
        CDS,
        /** The ahead-of-time cache of Java 25 and newer. */
        AOT,
        /** The best that the image's Java knows. */
        AUTO
    }
}
