package io.github.lambdacontainer.goal;

import java.io.File;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What every goal that builds an image has in common: its parameters, and how failures reach Maven. */
@SuppressWarnings("NullAway.Init")
public abstract class ImageMojo extends AbstractMojo {

    @Inject
    private MavenServices services;

    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    private MavenProject project;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    /** Whether to skip the goal. */
    @Option("false")
    @Parameter(property = "lambda-container.skip", defaultValue = "false")
    private boolean skip;

    /** The handler, {@code pkg.Class} or {@code pkg.Class::method}. Default: the one handler found in the project's classes. */
    @Option("the one handler found in the project's classes")
    @Parameter(property = "lambda-container.handler")
    private @Nullable String handler;

    /** The base image. Default: AWS's base image for the project's Java version. */
    @Parameter(property = "lambda-container.from")
    private From from = new From();

    /** The image to build. Default: the project's artifactId and version. */
    @Parameter(property = "lambda-container.to")
    private To to = new To();

    /** The instruction sets to build for, {@code x86_64} or {@code arm64}; each gives an image of its own. Default: x86_64. */
    @Option("x86_64")
    @Parameter(property = "lambda-container.architectures", defaultValue = "x86_64")
    private List<String> architectures;

    /** How the project's classes go into the image: {@code exploded} as files, or {@code packaged} as the project's jar. */
    @Option("exploded")
    @Parameter(property = "lambda-container.containerizingMode", defaultValue = "exploded")
    private String containerizingMode;

    /** What the container is given. Default: nothing beyond what Lambda needs. */
    @Parameter
    private Container container = new Container();

    /** Directories whose files go into the image. Default: src/main/lambda-container into / where that directory exists. */
    @Parameter
    private ExtraDirectories extraDirectories = new ExtraDirectories();

    /** What is added where the base lacks it. Default: found out by the plugin. */
    @Parameter
    private RuntimeOptions runtime = new RuntimeOptions();

    /** The startup archive, which makes cold starts shorter. Default: none. */
    @Parameter
    private StartupOptions startup = new StartupOptions();

    /** Where the results are written. Default: target/lambda-container. */
    @Parameter
    private OutputPaths outputPaths = new OutputPaths();

    /** Where base layers, linked Java runtimes and layers are kept between builds. Default: lambda-container in the user's cache directory. */
    @Option("lambda-container in the user's cache directory")
    @Parameter(property = "lambda-container.cacheDirectory")
    private @Nullable File cacheDirectory;

    /** Whether a registry may be spoken to over plain http although it is not on this machine. */
    @Option("false")
    @Parameter(property = "lambda-container.allowInsecureRegistries", defaultValue = "false")
    private boolean allowInsecureRegistries;

    /** Does what the goal is for, with its parameters read. */
    abstract void run(Goal goal);

    @Override
    public final void execute() throws MojoExecutionException, MojoFailureException {
        Failures.hand(getLog(), this::runUnlessSkipped);
    }

    private void runUnlessSkipped() {
        new Options(session.getUserProperties(), project.getProperties()).fill(this);
        if (skip || "pom".equals(project.getPackaging())) {
            getLog().info(skip ? "Skipped, as <skip> says." : "Skipped: packaging pom has no function.");
            return;
        }
        Goal goal = new Goal(parameters(), new MavenContext(project, session, services), getLog());
        Interruption.allowedIn(() -> run(goal));
    }

    final Parameters parameters() {
        return new Parameters(
                handler,
                from,
                to,
                architectures,
                containerizingMode,
                container,
                extraDirectories,
                runtime,
                startup,
                outputPaths,
                cacheDirectory,
                allowInsecureRegistries);
    }
}
