package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that was probably meant by a misspelt one. */
final class DidYouMean {

    private DidYouMean() {}

    /** The name with the least edits, at most a third of its length; of several the first in the alphabet. */
    static Optional<String> nearest(String misspelt, Collection<String> names) {
        return names.stream()
                .filter(n ->
                        EditDistance.between(misspelt, n) <= Math.max(1, Math.min(n.length(), misspelt.length()) / 3))
                .min(Comparator.comparingInt((String n) -> EditDistance.between(misspelt, n))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
