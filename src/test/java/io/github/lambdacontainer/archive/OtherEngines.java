package io.github.lambdacontainer.archive;

import java.nio.file.Path;
import java.util.List;

/** What tests of other rooms take for the engines of other machines. */
public final class OtherEngines {

    private OtherEngines() {}

    /** A machine with neither engine. */
    public static LocalEngine none() {
        return new LocalEngine(List.of("no-such-docker"), List.of("no-such-podman"));
    }

    /** A machine with this program as its Docker. */
    public static LocalEngine docker(Path program) {
        return new LocalEngine(List.of(program.toString()), List.of());
    }
}
