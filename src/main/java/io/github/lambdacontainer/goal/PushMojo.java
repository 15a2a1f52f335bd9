package io.github.lambdacontainer.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

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

    /** Called by Maven. */
    public PushMojo() {}

    @Override
    void run(Goal goal) {
        goal.push();
    }
}
