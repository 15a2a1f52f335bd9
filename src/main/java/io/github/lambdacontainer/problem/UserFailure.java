package io.github.lambdacontainer.problem;

import java.util.List;

/** The project or its settings ask for something that cannot be built. */
public final class UserFailure extends Failure {

    private static final long serialVersionUID = 1L;

    /** Ends the build with these problems, at least one. */
    public UserFailure(List<Problem> problems) {
        super(problems, null);
    }

    /** Ends the build with this problem. */
    public UserFailure(Problem problem) {
        this(List.of(problem));
    }
}
