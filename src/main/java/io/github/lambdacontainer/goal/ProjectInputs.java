package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.Dependency.Origin;
import io.github.lambdacontainer.project.ProjectInput;
import io.github.lambdacontainer.project.ProjectInput.ExtraDirectory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/** What Maven knows of the project, as values. */
final class ProjectInputs {

    private final MavenContext maven;

    ProjectInputs(MavenContext maven) {
        this.maven = maven;
    }

    ProjectInput of(Parameters parameters) {
        MavenProject project = maven.project();
        return new ProjectInput(
                maven.baseDirectory(),
                maven.rootDirectory(),
                project.getPackaging(),
                Path.of(project.getBuild().getOutputDirectory()),
                Optional.ofNullable(project.getArtifact().getFile())
                        .filter(File::isFile)
                        .map(File::toPath),
                dependencies(),
                Optional.ofNullable(parameters.handler()),
                extraDirectories(parameters.extraDirectories()),
                permissions(parameters.extraDirectories()),
                maven.outputDirectory().resolve("work"));
    }

    private List<Dependency> dependencies() {
        List<String> reactor = maven.session().getProjects().stream()
                .map(module -> key(module.getArtifact()))
                .toList();
        return maven.project().getArtifacts().stream()
                .filter(artifact -> artifact.getArtifactHandler().isAddedToClasspath())
                .filter(artifact -> artifact.getFile() != null)
                .map(artifact -> dependency(artifact, reactor.contains(key(artifact))))
                .toList();
    }

    private static Dependency dependency(Artifact artifact, boolean sameReactor) {
        return new Dependency(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getVersion(),
                Objects.requireNonNullElse(artifact.getClassifier(), ""),
                artifact.getFile().toPath(),
                sameReactor ? Origin.REACTOR : artifact.isSnapshot() ? Origin.SNAPSHOT : Origin.RELEASE);
    }

    private static String key(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getBaseVersion();
    }

    private List<ExtraDirectory> extraDirectories(ExtraDirectories extra) {
        List<ExtraPath> paths = extra.paths();
        if (paths == null) {
            Path standard = maven.baseDirectory().resolve("src/main/lambda-container");
            return Files.isDirectory(standard) ? List.of(new ExtraDirectory(standard, "/")) : List.of();
        }
        return paths.stream().map(this::extraDirectory).toList();
    }

    private ExtraDirectory extraDirectory(ExtraPath path) {
        File from = path.from();
        Path directory = from == null ? null : maven.baseDirectory().resolve(from.toPath());
        if (directory == null || !Files.isDirectory(directory)) {
            throw new UserFailure(Problem.of(
                    directory == null ? "An extra directory has no <from>." : "'" + directory + "' is not a directory.",
                    "extraDirectories.paths",
                    "Name a directory of the project, or take the entry away."));
        }
        return new ExtraDirectory(directory, path.into());
    }

    private static Map<String, Integer> permissions(ExtraDirectories extra) {
        return extra.permissions().stream()
                .collect(Collectors.toMap(
                        ExtraPermission::file, ProjectInputs::mode, (first, later) -> first, LinkedHashMap::new));
    }

    private static int mode(ExtraPermission permission) {
        if (!permission.mode().matches("[0-7]{3,4}")) {
            throw new UserFailure(Problem.of(
                    "'" + permission.mode() + "' is not an octal mode (for '" + permission.file() + "').",
                    "extraDirectories.permissions",
                    "Give three octal digits such as 755."));
        }
        return Integer.parseInt(permission.mode(), 8);
    }
}
