package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.BaseReader;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.layer.LayerBuilder;
import io.github.lambdacontainer.plan.BuildMachine;
import io.github.lambdacontainer.plan.InterfaceClientRequest;
import io.github.lambdacontainer.plan.Settings;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectInput;
import io.github.lambdacontainer.project.ProjectReader;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.registry.TransferListener;
import io.github.lambdacontainer.report.ConsoleLog;
import io.github.lambdacontainer.report.Lines;
import io.github.lambdacontainer.runtime.CLibraries;
import io.github.lambdacontainer.runtime.JavaRuntimes;
import io.github.lambdacontainer.runtime.JdkReader;
import io.github.lambdacontainer.startup.StartupArchives;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Builds of a project below a directory, with all rooms and without Maven. */
public final class Builds implements Lines {

    final Path directory;
    final List<String> lines = new ArrayList<>();
    final List<InterfaceClientRequest> resolved = new CopyOnWriteArrayList<>();
    Optional<String> baseImage = Optional.of("oci:base");
    Optional<Integer> release = Optional.of(17);
    Optional<String> handler = Optional.empty();
    String packaging = "jar";
    Optional<RuntimeException> unresolvable = Optional.empty();
    StartupSettings startup = new StartupSettings(
            StartupSettings.Mode.NONE,
            false,
            Optional.empty(),
            Map.of(),
            Duration.ofSeconds(60),
            new BuildMachine("Linux", Optional.of(Architecture.X86_64)));

    Path jdk = Path.of(System.getProperty("java.home"));
    Path cache;

    public Builds(Path directory) {
        this.directory = directory;
        this.cache = directory.resolve("cache");
    }

    Path classes() {
        return directory.resolve("target/classes");
    }

    Path results() {
        return directory.resolve("target/lambda-container");
    }

    BuiltImage build() {
        return new ImageBuild(rooms(), new ConsoleLog(this, Optional.empty())).build(request());
    }

    public Rooms rooms() {
        BlobCache blobs = new BlobCache(cache);
        FactCache facts = new FactCache(cache.resolve("facts"));
        Registries registries = new Registries(
                blobs, facts, List.of(), HttpSettings.DEFAULT.withOffline(true), TransferListener.SILENT);
        return new Rooms(
                new ProjectReader(),
                new BaseReader(registries, blobs, facts),
                this::interfaceClient,
                JdkReader::read,
                new JavaRuntimes(cache),
                new CLibraries(),
                new LayerBuilder(blobs, facts),
                blobs,
                new StartupArchives(blobs, facts),
                facts);
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
                        Optional.empty(),
                        startup),
                Optional.empty(),
                Instant.ofEpochSecond(1),
                jdk,
                "hello:1",
                List.of(),
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
