package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.registry.Reference;
import java.time.Duration;
import java.util.List;

/**
 * Waits for a repository that was just created: Amazon ECR may say for a moment after its creation that there is none.
 *
 * @param image the image that needs the repository
 * @param listener hears of every wait
 * @param pauses how long to wait before each repetition
 */
record Appearance(Reference image, AwsListener listener, List<Duration> pauses) {

    /** A quarter of a minute in all. */
    static final List<Duration> PAUSES = List.of(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8));

    /**
     * What needs the repository.
     *
     * @param <T> what it gives
     * @param <E> says that there is no such repository
     */
    @FunctionalInterface
    interface Use<T, E extends Exception> {
        T run() throws E;
    }

    /** Repeats it as long as it fails with this exception, and leaves the last one to the caller. */
    <T, E extends Exception> T await(Class<E> missing, Use<T, E> use) throws E {
        for (Duration pause : pauses) {
            try {
                return use.run();
            } catch (Exception e) {
                if (!missing.isInstance(e)) {
                    throw e;
                }
                pause(pause);
            }
        }
        return use.run();
    }

    private void pause(Duration pause) {
        listener.waiting(
                image.registry(),
                "the repository '" + image.repository() + "' was created and is not there yet",
                pause);
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFailure(Problem.of(
                    "The build was interrupted while it waited for the repository '" + image.repository() + "' in "
                            + image.registry() + ".",
                    "to.createRepository",
                    "Run the build again."));
        }
    }
}
