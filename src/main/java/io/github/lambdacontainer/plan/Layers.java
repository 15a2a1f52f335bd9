package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectFacts;
import io.github.lambdacontainer.project.ProjectFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Divides the files of an image into layers, those that change least first. */
final class Layers {

    /** The layer whose files may replace those of the layers below. */
    static final String EXTRA_FILES = "extra files";

    private Layers() {}

    /** The layers that are not empty. */
    static List<LayerPlan> of(
            Placement placement, Optional<NativeLibrary> nativeLibrary, ProjectFacts project, List<LayerEntry> launch) {
        Stream<LayerEntry> library = nativeLibrary.flatMap(NativeLibrary::entry).stream();
        return Stream.of(
                        layer("interface client", Stream.concat(jars(placement.client()), library)),
                        layer("dependencies", jars(placement, Dependency.Origin.RELEASE)),
                        layer("snapshot dependencies", jars(placement, Dependency.Origin.SNAPSHOT)),
                        layer("project dependencies", jars(placement, Dependency.Origin.REACTOR)),
                        layer("resources", placement.jar().isPresent() ? Stream.of() : files(project.resources())),
                        placement
                                .jar()
                                .map(jar -> layer("jar", Stream.concat(Stream.of(jar), launch.stream())))
                                .orElseGet(() ->
                                        layer("classes", Stream.concat(files(project.classes()), launch.stream()))),
                        layer(EXTRA_FILES, extraFiles(project)))
                .filter(layer -> !layer.entries().isEmpty())
                .toList();
    }

    private static LayerPlan layer(String name, Stream<? extends LayerEntry> entries) {
        return new LayerPlan(name, entries.<LayerEntry>map(entry -> entry).toList());
    }

    private static Stream<LayerEntry> jars(Placement placement, Dependency.Origin origin) {
        return placement.dependencies().entrySet().stream()
                .filter(jar -> jar.getKey().origin() == origin)
                .map(jar -> file(jar.getValue(), jar.getKey()));
    }

    private static Stream<LayerEntry> jars(Map<Dependency, String> targets) {
        return targets.entrySet().stream().map(jar -> file(jar.getValue(), jar.getKey()));
    }

    private static LayerEntry file(String target, Dependency jar) {
        return new LayerEntry.File(target, new Content.OnDisk(jar.path()), 0644);
    }

    private static Stream<LayerEntry> files(List<ProjectFile> files) {
        return files.stream()
                .map(file -> new LayerEntry.File(
                        ImagePaths.TASK + "/" + file.relativePath(), new Content.OnDisk(file.source()), 0644));
    }

    private static Stream<LayerEntry> extraFiles(ProjectFacts project) {
        return project.extraFiles().stream()
                .map(file -> new LayerEntry.File(file.target(), new Content.OnDisk(file.source()), file.mode()));
    }
}
