package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.build.BuildRequest;
import io.github.lambdacontainer.build.BuildRequest.Outputs;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.plan.Settings;
import io.github.lambdacontainer.plan.Settings.ContainerizingMode;
import io.github.lambdacontainer.plan.Settings.JavaSource;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.project.ProjectInput;
import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns parameters into requests, one an architecture, and says every value that is none at once. */
final class Requests {

    private final Parameters parameters;
    private final MavenContext maven;
    private final List<Problem> problems = new ArrayList<>();

    private Requests(Parameters parameters, MavenContext maven) {
        this.parameters = parameters;
        this.maven = maven;
    }

    static List<BuildRequest> of(Parameters parameters, MavenContext maven) {
        Requests requests = new Requests(parameters, maven);
        return requests.read(ImageName.of(parameters.to(), maven.project(), requests.problems));
    }

    /**
     * Requests for images that run here as soon as there are classes: these are files in any mode, for there is no jar yet.
     */
    static List<BuildRequest> toRun(Parameters parameters, MavenContext maven) {
        return of(parameters, maven).stream().map(Requests::withClasses).toList();
    }

    static BuildRequest withClasses(BuildRequest request) {
        return with(request, ContainerizingMode.EXPLODED, request.settings().startup());
    }

    static BuildRequest withoutStartupArchive(BuildRequest request) {
        StartupSettings startup = request.settings().startup();
        return with(
                request,
                request.settings().containerizingMode(),
                new StartupSettings(
                        StartupSettings.Mode.NONE,
                        false,
                        startup.events(),
                        startup.environment(),
                        startup.ofBuild(),
                        startup.timeout(),
                        startup.machine()));
    }

    private static BuildRequest with(BuildRequest request, ContainerizingMode mode, StartupSettings startup) {
        Settings settings = request.settings();
        return new BuildRequest(
                request.project(),
                request.baseImage(),
                request.release(),
                new Settings(
                        settings.architecture(),
                        mode,
                        settings.container(),
                        settings.runtime(),
                        settings.fromJava(),
                        startup),
                request.format(),
                request.filesModificationTime(),
                request.jdk(),
                request.name(),
                request.tags(),
                request.outputs());
    }

    /** Requests for images that are pushed, for which there has to be a place and a way. */
    static List<BuildRequest> toPush(Parameters parameters, MavenContext maven) {
        Requests requests = new Requests(parameters, maven);
        if (maven.session().isOffline()) {
            requests.problems.add(Problem.of(
                    "Maven works offline, and an image cannot be pushed without a network.",
                    "Run Maven without -o, or take the goal build, which needs no network once the base is in the"
                            + " cache."));
        }
        return requests.read(ImageName.toPush(parameters.to(), requests.problems));
    }

    private List<BuildRequest> read(ImageName name) {
        List<Architecture> architectures = parameters.architectures().stream()
                .flatMap(
                        text -> choice(
                                "architectures",
                                text,
                                Map.of("x86_64", Architecture.X86_64, "arm64", Architecture.ARM64))
                                .stream())
                .distinct()
                .toList();
        Function<Architecture, BuildRequest> request = request(name, architectures.size() > 1);
        if (architectures.size() > 1) {
            problems.addAll(name.problemsWith(architectures));
        }
        new Login("from", parameters.from().auth()).problem().ifPresent(problems::add);
        new Login("to", parameters.to().auth()).problem().ifPresent(problems::add);
        problems.addAll(new PushSettings(parameters.to()).problems());
        if (architectures.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.of("No architecture is named.", "architectures", "Name x86_64 or arm64."));
        }
        if (!problems.isEmpty()) {
            throw new UserFailure(problems);
        }
        return architectures.stream().map(request).toList();
    }

    private Function<Architecture, BuildRequest> request(ImageName name, boolean several) {
        Container container = parameters.container();
        RuntimeOptions runtime = parameters.runtime();
        Timestamps timestamps = new Timestamps(maven.project().getProperties(), problems);
        Instant created = timestamps.created(container.creationTime());
        Instant modified = timestamps.modified(container.filesModificationTime());
        Optional<ImageFormat> format = choice(
                "container.format", container.format(), Map.of("docker", ImageFormat.DOCKER, "oci", ImageFormat.OCI));
        Optional<ContainerizingMode> mode =
                choice("containerizingMode", parameters.containerizingMode(), byName(ContainerizingMode.values()));
        Optional<JavaSource> java = choice("runtime.java", runtime.java(), byName(JavaSource.values()));
        StartupSettings startup = new StartupInputs(maven.baseDirectory(), System.getenv(), problems)
                .of(
                        parameters.startup(),
                        choice("startup.mode", parameters.startup().mode(), byName(StartupSettings.Mode.values()))
                                .orElse(StartupSettings.Mode.NONE));
        ProjectInput project = new ProjectInputs(maven, problems).of(parameters);
        return architecture -> new BuildRequest(
                project,
                Optional.ofNullable(parameters.from().image()),
                CompilerRelease.of(maven.project()),
                new Settings(
                        architecture,
                        mode.orElse(ContainerizingMode.EXPLODED),
                        new Settings.Container(
                                container.environment(),
                                container.labels(),
                                container.jvmFlags(),
                                Optional.ofNullable(container.user()),
                                created),
                        new Settings.Additions(
                                java.orElse(JavaSource.AUTO), runtime.modules(), runtime.interfaceClient()),
                        Optional.ofNullable(parameters.from().java()),
                        startup),
                format,
                modified,
                runtime.jdk() == null ? maven.jdkHome() : absolute(runtime.jdk()),
                named(name, architecture, several).image(),
                named(name, architecture, several).tags(),
                outputs(several ? "-" + architecture.lambdaName() : ""));
    }

    private static ImageName named(ImageName name, Architecture architecture, boolean several) {
        return several ? name.withArchitecture(architecture) : name;
    }

    private Outputs outputs(String suffix) {
        OutputPaths paths = parameters.outputPaths();
        return new Outputs(
                output(paths.tar(), suffix, "tar"),
                output(paths.digest(), suffix, "digest"),
                output(paths.imageId(), suffix, "id"),
                output(paths.imageJson(), suffix, "json"));
    }

    private Path output(@Nullable File given, String suffix, String extension) {
        if (given == null) {
            return maven.outputDirectory().resolve("image" + suffix + "." + extension);
        }
        Path path = absolute(given);
        String name = String.valueOf(path.getFileName());
        int dot = name.lastIndexOf('.');
        int end = dot < 1 ? name.length() : dot;
        return path.resolveSibling(name.substring(0, end) + suffix + name.substring(end));
    }

    private Path absolute(File file) {
        return maven.baseDirectory().resolve(file.toPath());
    }

    private <T> Optional<T> choice(String setting, @Nullable String text, Map<String, T> values) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        T value = values.get(text.strip().toLowerCase(Locale.ROOT));
        if (value == null) {
            String known = values.keySet().stream().sorted().collect(Collectors.joining(", "));
            problems.add(Problem.of(
                    "'" + text + "' is not a value of this setting.", setting, "Take one of: " + known + "."));
        }
        return Optional.ofNullable(value);
    }

    private static <E extends Enum<E>> Map<String, E> byName(E[] values) {
        return Arrays.stream(values)
                .collect(Collectors.toMap(value -> value.name().toLowerCase(Locale.ROOT), Function.identity()));
    }
}
