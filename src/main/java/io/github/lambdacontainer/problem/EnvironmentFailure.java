package io.github.lambdacontainer.problem;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The machine, the network or a registry did not do what the build needs. */
public final class EnvironmentFailure extends Failure {

    private static final long serialVersionUID = 1L;

    /** Ends the build with this problem and what led to it. */
    public EnvironmentFailure(Problem problem, @Nullable Throwable cause) {
        super(List.of(problem), cause);
    }

    /** Ends the build with this problem. */
    public EnvironmentFailure(Problem problem) {
        this(problem, null);
    }
}
