package io.github.lambdacontainer.base;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;

/** The failures of one base image. */
record UnusableBase(String base) {

    private static final String WRITE_AGAIN = "Write it again with the tool that made it, or use another base image.";

    /** A failure about content that contradicts itself. */
    UserFailure damaged(String why) {
        return because(why, WRITE_AGAIN);
    }

    UserFailure because(String why, String next) {
        return new UserFailure(problem(why, next));
    }

    Problem problem(String why, String next) {
        return Problem.of("The base image '" + base + "' cannot be used: " + why + ".", BaseReference.SETTING, next);
    }
}
