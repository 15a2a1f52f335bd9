package io.github.lambdacontainer.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/**
 * Builds the image as the goal {@code build} does and pushes it to {@code to.image}; prints the URI with the digest by
 * which a function refers to it.
 */
@Mojo(
        name = "push",
        defaultPhase = LifecyclePhase.DEPLOY,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class PushMojo extends ImageMojo {

    /** Whether the goal tells GitHub Actions of the image, in the files that GITHUB_OUTPUT and GITHUB_STEP_SUMMARY name. Default: true where GITHUB_ACTIONS is true. */
    @Option("true where the environment variable GITHUB_ACTIONS is true")
    @Parameter(property = "lambda-container.ciOutputs")
    private @Nullable Boolean ciOutputs;

    /** Called by Maven. */
    public PushMojo() {}

    @Override
    void run(Goal goal) {
        goal.push(ciOutputs);
    }
}
