package io.github.lambdacontainer.goal;

import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Builds the image as the goal {@code build} does and loads it into the Docker or Podman of this machine. */
@Mojo(name = "load", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
public final class LoadMojo extends ImageMojo {

    /** Called by Maven. */
    public LoadMojo() {}

    @Override
    void run(Goal goal) {
        goal.load();
    }
}
