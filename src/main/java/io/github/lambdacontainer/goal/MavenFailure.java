package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.UserFailure;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** How a failure reaches Maven. */
final class MavenFailure {

    private MavenFailure() {}

    /** Throws it as Maven tells users' mistakes from troubles of the machine. */
    static void rethrow(Failure failure, Log log) throws MojoFailureException, MojoExecutionException {
        log.debug(failure); // As a cause, Maven would add its own causes' messages to ours.
        if (failure instanceof UserFailure) {
            throw new MojoFailureException(failure.getMessage());
        }
        throw new MojoExecutionException(failure.getMessage());
    }
}
