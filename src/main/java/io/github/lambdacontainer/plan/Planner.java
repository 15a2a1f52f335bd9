package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.Handler;
import io.github.lambdacontainer.project.HandlerFinding;
import io.github.lambdacontainer.project.ProjectFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans an image: what the project brings, what the base lacks, and how a container of both starts. */
public final class Planner {

    private final Settings settings;
    private final ProjectFacts project;
    private final BaseFacts base;
    private final List<Dependency> interfaceClient;
    private final Optional<Jdk> jdk;
    private final Findings findings = new Findings();

    private Planner(
            Settings settings,
            ProjectFacts project,
            BaseFacts base,
            List<Dependency> interfaceClient,
            Optional<Jdk> jdk) {
        this.settings = settings;
        this.project = project;
        this.base = base;
        this.interfaceClient = interfaceClient;
        this.jdk = jdk;
    }

    /** Whether a plan for this base needs to know the JDK that a Java runtime can be linked from. */
    public static boolean needsJdk(Settings settings, BaseFacts base) {
        return JavaChoice.needsJdk(settings, base);
    }

    /**
     * Plans an image, or tells every problem at once. The same arguments give the same plan.
     *
     * @param interfaceClient the client that {@link InterfaceClients#choose} asked for, resolved with its dependencies;
     *     empty if it asked for none
     * @param jdk the JDK a Java runtime can be linked from, if one was found
     */
    public static Planning plan(
            Settings settings,
            ProjectFacts project,
            BaseFacts base,
            List<Dependency> interfaceClient,
            Optional<Jdk> jdk) {
        return new Planner(settings, project, base, interfaceClient, jdk).plan();
    }

    private Planning plan() {
        findings.problems(project.problems());
        Optional<Handler> handler = handler();
        Optional<JavaChoice> java = java();

        ClientSource source = ClientSource.of(project, base);
        Optional<NativeLibrary> nativeLibrary = nativeLibrary(source);
        Libraries libraries = Libraries.join(source, interfaceClient, project.dependencies(), findings);
        Optional<ArchiveKind> archive = StartupChoice.choose(settings.startup(), base, java, findings);
        Placement placement =
                Placement.of(settings.containerizingMode(), archive.isPresent(), project, libraries, findings);

        Optional<Launch> launch = launch(java, nativeLibrary, placement.classPath(), archive);
        List<LayerPlan> layers = layers(placement, nativeLibrary, launch);

        List<Problem> problems = findings.problems();
        return problems.isEmpty()
                ? new Planning.Planned(image(
                        handler.orElseThrow(),
                        java.orElseThrow(),
                        placement,
                        launch.orElseThrow(),
                        layers,
                        archive.flatMap(kind -> startup(kind, java.orElseThrow(), launch.orElseThrow()))))
                : new Planning.Rejected(problems);
    }

    private Optional<Handler> handler() {
        if (project.handler() instanceof HandlerFinding.Found found) {
            return Optional.of(found.handler());
        }
        findings.problems(((HandlerFinding.Unusable) project.handler()).problems());
        return Optional.empty();
    }

    private Optional<JavaChoice> java() {
        if (base.kind() == BaseKind.SCRATCH) {
            findings.added("C library of the build machine: scratch has none");
        }
        Optional<JavaChoice> java = JavaChoice.choose(settings, base, jdk, findings);
        java.ifPresent(chosen -> project.newestClass().ifPresent(newest -> {
            chosen.check(newest, base, findings);
            PreviewRules.check(newest, chosen, settings.container(), findings);
        }));
        return java;
    }

    private Optional<NativeLibrary> nativeLibrary(ClientSource source) {
        Optional<ClientPlatform> platform = ClientPlatform.of(settings.architecture(), base, jdk);
        Libgcc.missing(source, platform, base).ifPresent(findings::problem);
        return NativeLibrary.choose(source, interfaceClient, settings.architecture(), platform, findings);
    }

    private Optional<Launch> launch(
            Optional<JavaChoice> java,
            Optional<NativeLibrary> nativeLibrary,
            ClassPath classPath,
            Optional<ArchiveKind> archive) {
        Settings.Container container = settings.container();
        ContainerRules.check(container, findings);
        Map<String, String> environment = new TreeMap<>(base.environment());
        environment.putAll(container.environment());
        List<String> flags = JvmFlags.withValuesJoined(container.jvmFlags());
        FlagRules.check(flags, base, environment, archive.isEmpty(), findings);
        archive.ifPresent(kind -> StartupChoice.check(flags, environment, findings));
        if (base.kind() == BaseKind.AWS_JAVA) {
            Launch stock = Launch.byBootstrap(container, flags, base);
            return Optional.of(archive.flatMap(kind -> java)
                    .map(chosen -> stock.with(CommandLine.likeBootstrap(chosen, base, classPath)))
                    .orElse(stock));
        }
        return java.map(chosen ->
                        CommandLine.of(chosen, nativeLibrary, classPath, flags, JvmFlags.ofEnvironment(environment)))
                .map(commandLine -> Launch.byCommandLine(container, commandLine, base, findings));
    }

    private List<LayerPlan> layers(
            Placement placement, Optional<NativeLibrary> nativeLibrary, Optional<Launch> launch) {
        if (base.kind() == BaseKind.AWS_JAVA) {
            LoadOrder.warn(project.clashes(), placement.dependencies(), findings);
        }
        List<LayerEntry> launchFiles = launch.map(Launch::files).orElse(List.of());
        BaseTree tree = BaseTree.of(base);
        List<LayerPlan> layers = Layers.of(placement, nativeLibrary, project, launchFiles).stream()
                .map(layer -> TargetRules.withPaths(layer, findings))
                .map(tree::fit)
                .toList();
        TargetRules.check(layers, tree, findings);
        return layers;
    }

    private Optional<StartupPlan> startup(ArchiveKind kind, JavaChoice java, Launch launch) {
        LayerPlan layer = BaseTree.of(base).fit(StartupPlan.layer(kind));
        Map<String, String> environment = new TreeMap<>(base.environment());
        environment.putAll(launch.environment());
        List<String> present = JvmFlags.ofEnvironment(environment);
        return launch.commandLine().map(commandLine -> commandLine.with(kind, java.feature(), layer, present));
    }

    private ImagePlan image(
            Handler handler,
            JavaChoice java,
            Placement placement,
            Launch launch,
            List<LayerPlan> layers,
            Optional<StartupPlan> startup) {
        Settings.Container container = settings.container();
        return new ImagePlan(
                handler,
                java.linkedFrom()
                        .map(from -> RuntimeLink.of(
                                from,
                                BaseTree.of(base).realDirectory(java.home()),
                                placement,
                                project,
                                settings.runtime().modules())),
                base.kind() == BaseKind.SCRATCH,
                layers,
                startup,
                new ContainerConfig(
                        launch.entrypoint(),
                        List.of(handler.toString()),
                        launch.environment(),
                        new TreeMap<>(container.labels()),
                        launch.workingDirectory(),
                        container.user(),
                        container.created()),
                java.feature(),
                findings.added(),
                findings.warnings());
    }
}
