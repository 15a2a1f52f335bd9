package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import java.util.List;

/** What the search for the handler came to. */
public sealed interface HandlerFinding {

    /**
     * A handler that the interface client will accept.
     *
     * @param handler the handler
     * @param configured whether the user named it (else it is the one candidate)
     */
    record Found(Handler handler, boolean configured) implements HandlerFinding {}

    /**
     * No handler can be used: there is none, there are several, or the configured one would fail on Lambda.
     *
     * @param problems why, ready to be shown
     * @param none whether nothing was found that is or is meant to be a handler, nor any named
     */
    record Unusable(List<Problem> problems, boolean none) implements HandlerFinding {

        /** A handler that somebody means to have, and why it cannot be used. */
        public Unusable(List<Problem> problems) {
            this(problems, false);
        }
    }
}
