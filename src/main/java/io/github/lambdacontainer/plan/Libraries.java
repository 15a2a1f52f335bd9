package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.project.Dependency;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The jars of an image, each artifact once.
 *
 * @param inBase absolute paths of the base's interface client that go on the class path
 * @param client jars of the interface client that are added
 * @param dependencies the project's dependencies that stay, in Maven's order
 */
record Libraries(List<String> inBase, List<Dependency> client, List<Dependency> dependencies) {

    /**
     * Joins the project's dependencies with the interface client's. Where both have an artifact, the higher version
     * stays, and of equal ones the client's.
     */
    static Libraries join(
            ClientSource source, List<Dependency> client, List<Dependency> dependencies, Findings findings) {
        if (source instanceof ClientSource.Bootstrap) {
            return withoutClient(dependencies, findings);
        }
        if (source instanceof ClientSource.Base base) {
            return joinBase(base.client().jars(), dependencies, findings);
        }
        return source instanceof ClientSource.Project
                ? new Libraries(List.of(), List.of(), dependencies)
                : joinClient(client, dependencies, findings);
    }

    private static Libraries withoutClient(List<Dependency> dependencies, Findings findings) {
        dependencies.stream()
                .filter(ClientSource::isClient)
                .forEach(jar -> findings.warning("The project's runtime interface client " + jar.version()
                        + " is left out: the base starts its own and would never load it."));
        return new Libraries(
                List.of(),
                List.of(),
                dependencies.stream()
                        .filter(Predicate.not(ClientSource::isClient))
                        .toList());
    }

    private static Libraries joinClient(List<Dependency> client, List<Dependency> dependencies, Findings findings) {
        List<Dependency> added = client.stream()
                .filter(jar -> twin(jar, dependencies)
                        .filter(own -> isHigher(own, jar))
                        .isEmpty())
                .toList();
        for (Dependency jar : client) {
            twin(jar, dependencies)
                    .filter(own -> Versions.compare(own.version(), jar.version()) != 0)
                    .ifPresent(own -> findings.added(
                            added.contains(jar)
                                    ? choice(
                                            jar.artifactId(),
                                            jar.version(),
                                            "the interface client",
                                            own.version(),
                                            "project")
                                    : choice(
                                            own.artifactId(),
                                            own.version(),
                                            "the project",
                                            jar.version(),
                                            "interface client")));
        }
        return new Libraries(
                List.of(),
                added,
                dependencies.stream().filter(own -> twin(own, added).isEmpty()).toList());
    }

    private static Libraries joinBase(List<String> jars, List<Dependency> dependencies, Findings findings) {
        List<String> kept = jars.stream()
                .filter(jar -> dependencies.stream().noneMatch(own -> BaseJar.isOlder(jar, own)))
                .toList();
        List<Dependency> own = dependencies.stream()
                .filter(dependency -> kept.stream().noneMatch(jar -> BaseJar.isSameArtifact(jar, dependency)))
                .toList();
        for (Dependency dependency : dependencies) {
            jars.stream()
                    .flatMap(jar -> BaseJar.version(jar, dependency).stream())
                    .filter(version -> Versions.compare(version, dependency.version()) != 0)
                    .forEach(version -> findings.added(
                            own.contains(dependency)
                                    ? choice(
                                            dependency.artifactId(),
                                            dependency.version(),
                                            "the project",
                                            version,
                                            "base")
                                    : choice(
                                            dependency.artifactId(),
                                            version,
                                            "the base",
                                            dependency.version(),
                                            "project")));
        }
        return new Libraries(kept, List.of(), own);
    }

    private static String choice(String artifact, String version, String of, String otherVersion, String other) {
        return artifact + " " + version + " of " + of + ": newer than the " + other + "'s " + otherVersion;
    }

    private static Optional<Dependency> twin(Dependency jar, List<Dependency> others) {
        return others.stream()
                .filter(other ->
                        other.ga().equals(jar.ga()) && other.classifier().equals(jar.classifier()))
                .findFirst();
    }

    private static boolean isHigher(Dependency left, Dependency right) {
        return Versions.compare(left.version(), right.version()) > 0;
    }
}
