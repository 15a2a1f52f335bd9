package io.github.lambdacontainer.project;

import java.nio.file.Path;

/**
 * A resolved runtime dependency of the project, or a jar of the interface client.
 *
 * @param groupId Maven group
 * @param artifactId Maven artifact
 * @param version resolved version
 * @param classifier classifier, or empty text
 * @param path the jar, or for a reactor module that was not packaged its classes directory
 * @param origin how often it is expected to change
 */
public record Dependency(
        String groupId, String artifactId, String version, String classifier, Path path, Origin origin) {

    /** How often a dependency is expected to change, which decides its layer. */
    public enum Origin {
        /** A released version. */
        RELEASE,
        /** A snapshot version. */
        SNAPSHOT,
        /** A module of the same build. */
        REACTOR
    }

    /** Group and artifact joined by a colon. */
    public String ga() {
        return groupId + ":" + artifactId;
    }
}
