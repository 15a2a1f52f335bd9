package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectFacts;
import io.github.lambdacontainer.project.ProjectFile;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Plans the Java runtime to be linked: everything that will run on it decides its modules. */
final class RuntimeLink {

    /** What jdeps finds for the interface client, for one that stands in the base where jdeps cannot read it. */
    private static final List<String> CLIENT_MODULES =
            List.of("java.base", "java.desktop", "java.sql", "jdk.unsupported");

    private RuntimeLink() {}

    static JavaRuntimePlan of(Jdk jdk, String home, Placement placement, ProjectFacts project, List<String> modules) {
        Set<Path> classPath = new LinkedHashSet<>();
        placement.client().keySet().stream().map(Dependency::path).forEach(classPath::add);
        classPath.addAll(own(placement, project));
        placement.dependencies().keySet().stream().map(Dependency::path).forEach(classPath::add);
        Stream<String> client = placement.inBase().isEmpty() ? Stream.of() : CLIENT_MODULES.stream();
        return new JavaRuntimePlan(
                jdk,
                home,
                List.copyOf(classPath),
                Stream.concat(client, modules.stream()).distinct().toList());
    }

    private static Set<Path> own(Placement placement, ProjectFacts project) {
        Set<Path> own = new LinkedHashSet<>();
        if (placement
                .jar()
                .map(LayerEntry.File::content)
                .filter(Content.OnDisk.class::isInstance)
                .isPresent()) {
            project.jar().ifPresent(own::add);
        } else {
            Stream.concat(project.classes().stream(), project.resources().stream())
                    .flatMap(file -> directory(file).stream())
                    .forEach(own::add);
        }
        return own;
    }

    /** The directory that a file's relative path starts from. */
    private static Optional<Path> directory(ProjectFile file) {
        Optional<Path> directory = Optional.of(file.source());
        for (int i = 0; i < file.relativePath().split("/", -1).length; i++) {
            directory = directory.map(Path::getParent);
        }
        return directory;
    }
}
