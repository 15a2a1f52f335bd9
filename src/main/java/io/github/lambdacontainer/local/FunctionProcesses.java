package io.github.lambdacontainer.local;

import io.github.lambdacontainer.problem.Problem;
import java.time.Duration;
import java.util.Optional;

/** What runs of one function, wherever it runs: the process that was started for it, and all that it started itself. */
interface FunctionProcesses {

    /** The process whose output is the function's, and whose end is its end. */
    Process process();

    /**
     * Asks the function to end as the system does when it shuts down, and makes it end if it takes longer. Containers
     * are not asked: only what is trained has something to do then, and that runs on this machine itself.
     *
     * @return whether it ended by itself
     */
    default boolean terminate(Duration limit) {
        kill();
        return false;
    }

    /**
     * What was wrong with a function that came to its end before it asked for an event, if that was not the function
     * itself but what starts it.
     */
    default Optional<Problem> startFailure() {
        return Optional.empty();
    }

    /** Ends everything at once. */
    void kill();

    /** The most memory that everything had at any time, in bytes; 0 where the system does not tell. */
    long peakMemory();
}
