package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the steps of one planning have to tell the user; lives no longer than that planning. */
final class Findings {

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    void problem(Problem problem) {
        problems.add(problem);
    }

    void problems(Collection<Problem> several) {
        problems.addAll(several);
    }

    void added(String line) {
        added.add(line);
    }

    void warning(String line) {
        warnings.add(line);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> added() {
        return List.copyOf(added);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
