package io.github.lambdacontainer.build;

import io.github.lambdacontainer.plan.InterfaceClientRequest;
import io.github.lambdacontainer.project.Dependency;
import java.util.List;

/** Finds the jars of the runtime interface client; Maven does so through the project's own repositories. */
@FunctionalInterface
public interface InterfaceClientSource {

    /**
     * The client's jar and those it depends on, in class-path order.
     *
     * @throws io.github.lambdacontainer.problem.EnvironmentFailure if they cannot be had
     */
    List<Dependency> resolve(InterfaceClientRequest request);
}
