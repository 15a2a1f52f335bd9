package io.github.lambdacontainer.goal;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Builds a container image of the project's Lambda function and writes it to {@code target/lambda-container/}. */
@Mojo(
        name = "build",
        defaultPhase = LifecyclePhase.PACKAGE,
        requiresDependencyResolution = ResolutionScope.RUNTIME,
        threadSafe = true)
public final class BuildMojo extends ImageMojo {

    /** Called by Maven. */
    public BuildMojo() {}

    @Override
    void run(Goal goal) {
        goal.build();
    }
}
