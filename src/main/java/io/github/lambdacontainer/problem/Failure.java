package io.github.lambdacontainer.problem;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ends a build with one or more problems; whose fault they are decides the kind. */
public abstract sealed class Failure extends RuntimeException permits UserFailure, EnvironmentFailure {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    Failure(List<Problem> problems, @Nullable Throwable cause) {
        super(message(problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** The problems, in the order they were found. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        if (problems.size() == 1) {
            return problems.get(0).text();
        }
        return problems.size() + " problems keep the image from being built:\n"
                + problems.stream().map(p -> "- " + p.text()).collect(Collectors.joining("\n"));
    }
}
