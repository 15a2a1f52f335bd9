package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** What is said when the cache has no room for what a JDK's programs read or make. */
final class CacheProblems {

    private static final int MEGABYTE = 1_000_000;

    private CacheProblems() {}

    /** A failure that names the directory, and how much room to make there. */
    static EnvironmentFailure unwritable(String what, long mostBytes, Path directory, IOException cause) {
        long megabytes = (mostBytes + MEGABYTE - 1) / MEGABYTE;
        return new EnvironmentFailure(
                Problem.of(
                        what + ", up to " + megabytes + " MB, could not be kept in '" + directory + "': "
                                + DiskReason.of(cause) + ".",
                        "cacheDirectory",
                        "Free some space there, make the directory writable, or name another one."),
                cause);
    }
}
