package io.github.lambdacontainer.archive;

import java.util.List;

/** What tests of other rooms take for engines that are not there. */
public final class OtherEngines {

    private OtherEngines() {}

    /** A machine with neither engine. */
    public static LocalEngine none() {
        return new LocalEngine(List.of("no-such-docker"), List.of("no-such-podman"));
    }
}
