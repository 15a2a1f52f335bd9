package io.github.lambdacontainer.goal;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the container is given. */
public final class Container implements Options.Group {

    /** Environment variables, set on top of the base's. */
    @Option("none")
    private @Nullable Map<String, String> environment;

    /** Labels, set on top of the base's. */
    @Option("none")
    private @Nullable Map<String, String> labels;

    /** Flags for the JVM. On an AWS base image for Java they go through {@code JAVA_TOOL_OPTIONS}. */
    @Option("none")
    private @Nullable List<String> jvmFlags;

    /** The user, as in a Dockerfile's USER. Lambda runs every image as its own unprivileged user. */
    @Option("the base's")
    private @Nullable String user;

    /** The family of image documents, {@code Docker} or {@code OCI}. */
    @Option("the base's, OCI on scratch")
    private @Nullable String format;

    /** Creation time of the image: {@code EPOCH} or an ISO 8601 date and time with offset. */
    @Option("project.build.outputTimestamp where the project sets it, else EPOCH")
    private @Nullable String creationTime;

    /** Modification time of every file added: {@code EPOCH_PLUS_SECOND} or an ISO 8601 date and time with offset. */
    @Option("project.build.outputTimestamp where the project sets it, else EPOCH_PLUS_SECOND")
    private @Nullable String filesModificationTime;

    Map<String, String> environment() {
        return environment == null ? Map.of() : environment;
    }

    Map<String, String> labels() {
        return labels == null ? Map.of() : labels;
    }

    List<String> jvmFlags() {
        return jvmFlags == null ? List.of() : jvmFlags;
    }

    @Nullable String user() {
        return user;
    }

    @Nullable String format() {
        return format;
    }

    @Nullable String creationTime() {
        return creationTime;
    }

    @Nullable String filesModificationTime() {
        return filesModificationTime;
    }
}
