package io.github.lambdacontainer.goal;

import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.jspecify.annotations.Nullable;

/** Runs the function on this machine, without a container, with the layout, Java and flags of its image, and prints the response to one event. */
@Mojo(name = "invoke", requiresDependencyResolution = ResolutionScope.RUNTIME, threadSafe = true)
@Execute(phase = LifecyclePhase.PROCESS_CLASSES)
public final class InvokeMojo extends ImageMojo {

    /** The event, short for {@code <invoke><event>}, which it wins over. Default: that of invoke. */
    @Option("that of invoke/event")
    @Parameter(property = "lambda-container.event")
    private @Nullable String event;

    /** How the function runs on this machine. Default: as Lambda would run it with 512 MB. */
    @Parameter
    private InvokeOptions invoke = new InvokeOptions();

    /** Called by Maven. */
    public InvokeMojo() {}

    @Override
    void run(Goal goal) {
        String named = event == null || event.isBlank() ? invoke.event() : event;
        goal.running(invoke, getLog())
                .ifPresent(running -> running.invoke(goal.events().find(named)));
    }
}
