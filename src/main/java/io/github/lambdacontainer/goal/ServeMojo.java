package io.github.lambdacontainer.goal;

import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;

/** Serves the function on this machine, without a container, at the URL of Lambda's own API, until Ctrl-C. */
@Mojo(name = "serve", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class ServeMojo extends ImageMojo {

    /** How the function runs on this machine. Default: as Lambda would run it with 512 MB. */
    @Parameter
    private InvokeOptions invoke = new InvokeOptions();

    /** Where it is served. Default: at port 8080 of this machine, or the next free one. */
    @Parameter
    private ServeOptions serve = new ServeOptions();

    /** Called by Maven. */
    public ServeMojo() {}

    @Override
    void run(Goal goal) {
        goal.running(invoke, getLog()).ifPresent(running -> running.serve(serve));
    }
}
