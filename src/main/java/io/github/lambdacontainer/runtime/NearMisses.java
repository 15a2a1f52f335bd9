package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.problem.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that resemble a misspelt one. */
final class NearMisses {

    private static final int MOST = 3;

    private NearMisses() {}

    /** At most three, nearest first: those that differ by few letters, and those that end or begin with the name. */
    static List<String> of(String name, Collection<String> names) {
        int limit = Math.max(1, Math.min(3, name.length() / 4));
        return names.stream()
                .filter(n ->
                        EditDistance.between(name, n) <= limit || n.endsWith("." + name) || n.startsWith(name + "."))
                .sorted(Comparator.<String>comparingInt(n -> EditDistance.between(name, n))
                        .thenComparing(n -> n))
                .limit(MOST)
                .toList();
    }
}
