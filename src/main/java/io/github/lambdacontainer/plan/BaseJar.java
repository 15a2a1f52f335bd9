package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.project.Dependency;
import java.util.Optional;

/** Compares a jar that a base holds, of which only the file name is known, with a dependency. */
final class BaseJar {

    private BaseJar() {}

    /** The version in the jar's file name, if it is the dependency's artifact. */
    static Optional<String> version(String jar, Dependency dependency) {
        String name = jar.substring(jar.lastIndexOf('/') + 1);
        String prefix = dependency.artifactId() + "-";
        if (!dependency.classifier().isEmpty() || !name.startsWith(prefix) || !name.endsWith(".jar")) {
            return Optional.empty();
        }
        String version = name.substring(prefix.length(), Math.max(prefix.length(), name.length() - ".jar".length()));
        return Optional.of(version).filter(v -> !v.isEmpty() && Character.isDigit(v.charAt(0)));
    }

    static boolean isSameArtifact(String jar, Dependency dependency) {
        return version(jar, dependency).isPresent();
    }

    static boolean isOlder(String jar, Dependency dependency) {
        return version(jar, dependency)
                .filter(version -> Versions.isBelow(version, dependency.version()))
                .isPresent();
    }
}
