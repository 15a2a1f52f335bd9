package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Problem;

/** Carries a {@link MissingRepositoryException} out of threads and readers. */
final class NoRepository extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    NoRepository(Problem problem) {
        super(problem.text());
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
