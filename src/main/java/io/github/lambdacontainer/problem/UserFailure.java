package io.github.lambdacontainer.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The project or its settings ask for something that cannot be built. */
public final class UserFailure extends Failure {

    private static final long serialVersionUID = 1L;

    /** Ends the build with these problems, at least one, and what led to them. */
    public UserFailure(List<Problem> problems, @Nullable Throwable cause) {
        super(problems, cause);
    }

    /** Ends the build with these problems, at least one. */
    public UserFailure(List<Problem> problems) {
        this(problems, null);
    }

    /** Ends the build with this problem. */
    public UserFailure(Problem problem) {
        this(List.of(problem));
    }
}
