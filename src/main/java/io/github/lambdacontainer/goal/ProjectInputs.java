package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.Dependency.Origin;
import io.github.lambdacontainer.project.ProjectInput;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.project.MavenProject;

/** What Maven knows of the project, as values. */
final class ProjectInputs {

    private final MavenContext maven;
    private final ExtraSettings extra;

    ProjectInputs(MavenContext maven, List<Problem> problems) {
        this.maven = maven;
        this.extra = new ExtraSettings(maven.baseDirectory(), problems);
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
                extra.directories(parameters.extraDirectories()),
                extra.permissions(parameters.extraDirectories()),
                maven.outputDirectory().resolveSibling("lambda-container-work"));
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
}
