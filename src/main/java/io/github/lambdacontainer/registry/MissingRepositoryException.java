package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Problem;

/** The registry does not have the repository that an image is pushed to. */
public final class MissingRepositoryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    MissingRepositoryException(Problem problem) {
        super(problem.text());
        this.problem = problem;
    }

    /** What to tell the user where nobody can create it. */
    public Problem problem() {
        return problem;
    }
}
