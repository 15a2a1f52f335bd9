package io.github.lambdacontainer.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs of a JDK; tests count the runs here. */
interface Processes {

    /**
     * Runs a program to its end.
     *
     * @param program the program
     * @param arguments its arguments
     * @param environment variables set on top of this process's own
     * @throws io.github.lambdacontainer.problem.EnvironmentFailure if it cannot be started or does not end
     */
    Outcome run(Path program, List<String> arguments, Map<String, String> environment);

    /**
     * What a program left.
     *
     * @param exitCode 0 if it succeeded
     * @param output what it wrote to standard output, cut at a megabyte
     * @param errors what it wrote to standard error, cut at a megabyte
     */
    record Outcome(int exitCode, String output, String errors) {

        boolean succeeded() {
            return exitCode == 0;
        }
    }
}
