package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.BaseReader;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.ecr.AwsListener;
import io.github.lambdacontainer.ecr.Ecr;
import io.github.lambdacontainer.ecr.NewRepository;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.layer.LayerBuilder;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.plan.BuildMachine;
import io.github.lambdacontainer.plan.InterfaceClientRequest;
import io.github.lambdacontainer.plan.Settings;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectInput;
import io.github.lambdacontainer.project.ProjectReader;
import io.github.lambdacontainer.registry.Connections;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.Pusher;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.report.ConsoleLog;
import io.github.lambdacontainer.report.Lines;
import io.github.lambdacontainer.runtime.CLibraries;
import io.github.lambdacontainer.runtime.JavaRuntimes;
import io.github.lambdacontainer.runtime.JdkReader;
import io.github.lambdacontainer.startup.StartupArchives;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Builds of a project below a directory, with all rooms and without Maven. */
public final class Builds implements Lines {

    private static final String FUNCTION = """
            package com.example;
            import com.amazonaws.services.lambda.runtime.Context;
            import com.amazonaws.services.lambda.runtime.RequestHandler;
            public final class Hello implements RequestHandler<String, String> {
                public String handleRequest(String name, Context context) {
                    return "%s " + name;
                }
            }
            """;

    final Path directory;
    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<InterfaceClientRequest> resolved = new CopyOnWriteArrayList<>();
    public Optional<String> baseImage = Optional.of("oci:base");
    Optional<Integer> release = Optional.of(17);
    Optional<String> handler = Optional.empty();
    String packaging = "jar";
    Optional<RuntimeException> unresolvable = Optional.empty();
    public StartupSettings startup = startup(StartupSettings.Mode.NONE, "Linux", Architecture.X86_64);

    Optional<String> fromJava = Optional.empty();
    String name = "hello:1";
    List<String> tags = List.of();
    HttpSettings http = HttpSettings.DEFAULT.withOffline(true);
    Path jdk = Path.of(System.getProperty("java.home"));
    Optional<NewRepository> newRepository = Optional.empty();
    Function<AwsListener, Ecr> ecr = listener -> new Ecr(http, listener);
    Path cache;
    UnaryOperator<Staging> staging = UnaryOperator.identity();
    Optional<Path> runtimes = Optional.empty();

    public Builds(Path directory) {
        this.directory = directory;
        this.cache = directory.resolve("cache");
    }

    /** A startup archive of this kind, trained without events, on a machine that the build takes for its own. */
    public static StartupSettings startup(StartupSettings.Mode mode, String system, Architecture architecture) {
        return new StartupSettings(
                mode,
                false,
                Optional.empty(),
                Map.of(),
                Duration.ofSeconds(60),
                new BuildMachine(system, Optional.of(architecture)));
    }

    Path classes() {
        return directory.resolve("target/classes");
    }

    Path results() {
        return directory.resolve("target/lambda-container");
    }

    /** Composes the image and pushes it to where its name says, as the goal does. */
    BuiltImage push(String... mountFrom) {
        Ecr used = ecr.apply(new AwsLog(log()));
        Connections connections = connections();
        Registries registries = registries(connections, used);
        Pusher pusher = new Pusher(connections, registries, List.of(used.credentials()), used.advice());
        ImagePublisher publisher = new ImagePublisher(pusher, used, log());
        PushRequest push = new PushRequest(List.of(mountFrom), newRepository);
        try (PushesAhead begun = publisher.begin(List.of(request()), push)) {
            BuiltImage image = new ImageBuild(rooms(registries, pusher), log()).compose(request(), begun);
            publisher.push(image, push, begun);
            return image;
        }
    }

    /** Compiles a function that greets like this. */
    public void compile(String greeting) throws IOException {
        compile("Hello", FUNCTION.formatted(greeting));
    }

    /** Compiles a source file of the project. */
    public void compile(String name, String source) throws IOException {
        compile(Files.writeString(directory.resolve(name + ".java"), source), Files.createDirectories(classes()));
    }

    /** Compiles a source file with what the tests have on their class path. */
    public static void compile(Path source, Path classes) {
        List<String> words = List.of("--release", "17", "-proc:none", "-cp", System.getProperty("java.class.path"));
        List<String> files = List.of("-d", classes.toString(), source.toString());
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        Stream.of(words, files).flatMap(List::stream).toArray(String[]::new));
        assertThat(failed).isZero();
    }

    BuiltImage build() {
        return new ImageBuild(rooms(), log()).build(request());
    }

    public Rooms rooms() {
        Ecr silent = new Ecr(http, AwsListener.SILENT);
        Connections connections = connections();
        Registries registries = registries(connections, silent);
        return rooms(registries, new Pusher(connections, registries, List.of(silent.credentials()), silent.advice()));
    }

    private BuildLog log() {
        return new ConsoleLog(this, Optional.empty());
    }

    private Connections connections() {
        return new Connections(http, new TransferLog(log()), Ecr::isPrivate, new FactCache(cache.resolve("facts")));
    }

    private Registries registries(Connections connections, Ecr ecr) {
        BlobCache blobs = new BlobCache(cache);
        FactCache facts = new FactCache(cache.resolve("facts"));
        return new Registries(connections, blobs, facts, List.of(), ecr.advice());
    }

    private Rooms rooms(Registries registries, Pusher pusher) {
        BlobCache blobs = new BlobCache(cache);
        FactCache facts = new FactCache(cache.resolve("facts"));
        LayerBuilder layers = new LayerBuilder(blobs, facts);
        return new Rooms(
                new ProjectReader(new RememberedJars(layers, facts)),
                new BaseReader(registries, blobs, facts),
                this::interfaceClient,
                JdkReader::read,
                new JavaRuntimes(runtimes.orElse(cache)),
                new CLibraries(),
                layers,
                blobs,
                new StartupArchives(blobs, facts, staging.apply(new Staging(cache, cache.resolve("tmp")))),
                facts,
                pusher.current());
    }

    /** The real one, from the class path of the tests, where it has no classifier. */
    private List<Dependency> interfaceClient(InterfaceClientRequest request) {
        resolved.add(request);
        unresolvable.ifPresent(failure -> {
            throw failure;
        });
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path ->
                        path.getFileName().toString().matches("(aws-lambda-java-(core|runtime|serial)|utils-lite-).*"))
                .map(Builds::dependency)
                .toList();
    }

    private static Dependency dependency(Path jar) {
        String name = jar.getFileName().toString();
        int version = name.lastIndexOf('-');
        return new Dependency(
                "com.amazonaws",
                name.substring(0, version),
                name.substring(version + 1, name.length() - ".jar".length()),
                "",
                jar,
                Dependency.Origin.RELEASE);
    }

    public BuildRequest request() {
        return new BuildRequest(
                new ProjectInput(
                        directory,
                        directory,
                        packaging,
                        classes(),
                        Optional.empty(),
                        List.of(),
                        handler,
                        List.of(),
                        Map.of(),
                        directory.resolve("target/lambda-container-work")),
                baseImage,
                release,
                new Settings(
                        Architecture.X86_64,
                        Settings.ContainerizingMode.EXPLODED,
                        new Settings.Container(Map.of(), Map.of(), List.of(), Optional.empty(), Instant.EPOCH),
                        new Settings.Additions(Settings.JavaSource.AUTO, List.of(), "2.9.0"),
                        fromJava,
                        startup),
                Optional.empty(),
                Instant.ofEpochSecond(1),
                jdk,
                name,
                tags,
                new BuildRequest.Outputs(
                        results().resolve("image.tar"),
                        results().resolve("image.digest"),
                        results().resolve("image.id"),
                        results().resolve("image.json")));
    }

    @Override
    public void info(String line) {
        lines.add(line);
    }

    @Override
    public void warn(String line) {
        lines.add("WARN " + line);
    }

    @Override
    public void debug(String line) {}
}
