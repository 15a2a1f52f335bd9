package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the jars stand in the image.
 *
 * @param inBase absolute paths of the base's own interface client on the class path
 * @param client jars of the interface client → absolute path in the image
 * @param jar the project's own jar in the packaged mode, or the one that a startup archive needs
 * @param dependencies the project's dependencies, in Maven's order → absolute path in the image
 */
record Placement(
        List<String> inBase,
        Map<Dependency, String> client,
        Optional<LayerEntry.File> jar,
        Map<Dependency, String> dependencies) {

    /** Places the jars; where {@code asJar}, classes that the mode would have as files become a jar. */
    static Placement of(
            Settings.ContainerizingMode mode,
            boolean asJar,
            ProjectFacts project,
            Libraries libraries,
            Findings findings) {
        Optional<LayerEntry.File> jar = mode == Settings.ContainerizingMode.PACKAGED
                ? ownJar(project.jar(), findings)
                : Optional.of(classesJar(project)).filter(made -> asJar);
        Set<String> taken = jar.map(file -> Set.of(nameOf(file.target()))).orElse(Set.of());
        return new Placement(
                libraries.inBase(),
                targets(ImagePaths.CLIENT, libraries.client(), Set.of()),
                jar,
                targets(ImagePaths.LIBRARIES, libraries.dependencies(), taken));
    }

    /** The class path in Maven's order, the interface client before it. */
    ClassPath classPath() {
        List<String> entries = new ArrayList<>(inBase);
        entries.addAll(client.values());
        entries.add(jar.map(LayerEntry.File::target).orElse(ImagePaths.TASK + "/"));
        entries.addAll(dependencies.values());
        return new ClassPath(List.copyOf(entries));
    }

    /** The last name of a path in the image. */
    static String nameOf(String target) {
        return target.substring(target.lastIndexOf('/') + 1);
    }

    private static LayerEntry.File classesJar(ProjectFacts project) {
        List<Content.Jar.Entry> files = Stream.concat(project.classes().stream(), project.resources().stream())
                .map(file -> new Content.Jar.Entry(file.relativePath(), file.source()))
                .sorted(Comparator.comparing(Content.Jar.Entry::name))
                .toList();
        return new LayerEntry.File(ImagePaths.CLASSES_JAR, new Content.Jar(files), 0644);
    }

    private static Optional<LayerEntry.File> ownJar(Optional<Path> jar, Findings findings) {
        if (jar.isEmpty()) {
            findings.problem(Problem.of(
                    "The project has no jar with its classes in it, which the packaged mode needs.",
                    "containerizingMode",
                    "Build the image in or after the package phase of a project with packaging jar, or set it to"
                            + " exploded."));
        }
        return jar.map(file -> new LayerEntry.File(
                ImagePaths.LIBRARIES + "/" + JarNames.onClassPath(String.valueOf(file.getFileName())),
                new Content.OnDisk(file),
                0644));
    }

    private static Map<Dependency, String> targets(String directory, List<Dependency> jars, Set<String> taken) {
        Map<Dependency, String> targets = new LinkedHashMap<>();
        JarNames.of(jars, taken).forEach((jar, name) -> targets.put(jar, directory + "/" + name));
        return targets;
    }
}
