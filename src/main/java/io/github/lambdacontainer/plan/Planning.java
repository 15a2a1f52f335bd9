package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.problem.Problem;
import java.util.List;

/** What planning came to: an image that can be built, or everything that keeps it from being built. */
public sealed interface Planning {

    /**
     * The image can be built.
     *
     * @param image the plan of it
     */
    record Planned(ImagePlan image) implements Planning {}

    /**
     * The image cannot be built.
     *
     * @param problems every reason, at least one, in the order a user would mend them
     */
    record Rejected(List<Problem> problems) implements Planning {}
}
