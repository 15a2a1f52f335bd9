package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.UserFailure;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** Hands failures to Maven as it tells them apart. */
final class Failures {

    private Failures() {}

    /** Does this; a user's mistake fails the build, everything else is an error of its execution. */
    static void hand(Log log, Runnable work) throws MojoExecutionException, MojoFailureException {
        try {
            work.run();
        } catch (Failure e) {
            log.debug(e); // As a cause, Maven would add its own causes' messages to ours.
            if (e instanceof UserFailure) {
                throw new MojoFailureException(e.getMessage());
            }
            throw new MojoExecutionException(e.getMessage());
        }
    }
}
