package io.github.lambdacontainer.local;

import java.nio.file.Path;

/** What tests of other rooms take for machines that they do not run on. */
public final class OtherMachines {

    private OtherMachines() {}

    /** Lays images out below a directory as on a machine with this system. */
    public static Staging staging(Path directory, String system, String architecture) {
        return new Staging(
                directory.resolve("cache"), directory.resolve("work"), new Machine(system, architecture, true));
    }
}
