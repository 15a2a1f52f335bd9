package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Problem;
import java.util.Optional;

/** Knows a kind of registry so well that it can say what a refusal means there. */
@FunctionalInterface
public interface RefusalAdvice {

    /** Knows nothing. */
    RefusalAdvice NONE = refusal -> Optional.empty();

    /** What to tell the user instead of the general sentence; it holds the registry's own words. */
    Optional<Problem> explain(Refusal refusal);
}
