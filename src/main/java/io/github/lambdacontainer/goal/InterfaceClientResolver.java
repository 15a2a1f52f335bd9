package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.build.InterfaceClientSource;
import io.github.lambdacontainer.plan.InterfaceClientRequest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.Dependency.Origin;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Resolves the interface client as Maven resolves any dependency: mirrors, {@code -o} and the local repository hold. */
final class InterfaceClientResolver implements InterfaceClientSource {

    private final MavenContext maven;

    InterfaceClientResolver(MavenContext maven) {
        this.maven = maven;
    }

    @Override
    public List<Dependency> resolve(InterfaceClientRequest request) {
        Artifact artifact = new DefaultArtifact(
                InterfaceClientRequest.GROUP_ID,
                InterfaceClientRequest.ARTIFACT_ID,
                request.classifier().orElse(""),
                "jar",
                request.version());
        CollectRequest collect = new CollectRequest(
                new org.eclipse.aether.graph.Dependency(artifact, "runtime"),
                maven.project().getRemoteProjectRepositories());
        try {
            return maven
                    .services()
                    .repositories()
                    .resolveDependencies(maven.session().getRepositorySession(), new DependencyRequest(collect, null))
                    .getArtifactResults()
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(InterfaceClientResolver::dependency)
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "Maven cannot resolve the runtime interface client " + artifact + ": " + e.getMessage(),
                            "runtime.interfaceClient",
                            "Check the version and that the project's repositories have it; with -o run once without it."),
                    e);
        }
    }

    private static Dependency dependency(Artifact artifact) {
        return new Dependency(
                artifact.getGroupId(),
                artifact.getArtifactId(),
                artifact.getVersion(),
                artifact.getClassifier(),
                artifact.getFile().toPath(),
                artifact.isSnapshot() ? Origin.SNAPSHOT : Origin.RELEASE);
    }
}
