package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.image.Architecture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that shape an image.
 *
 * @param architecture the instruction set asked for
 * @param containerizingMode classes as files or as a jar
 * @param container what the container is given
 * @param runtime what is added where the base lacks it
 * @param fromJava absolute path of {@code java} in the base, if the user named it
 * @param startup whether and how the image gets a startup archive
 */
public record Settings(
        Architecture architecture,
        ContainerizingMode containerizingMode,
        Container container,
        Additions runtime,
        Optional<String> fromJava,
        StartupSettings startup) {

    /** How the project's own classes go into the image, as in Jib. */
    public enum ContainerizingMode {
        /** As files in {@code /var/task}. */
        EXPLODED,
        /** As the project's jar in {@code /var/task/lib}. */
        PACKAGED
    }

    /** Where the Java runtime of the image comes from. */
    public enum JavaSource {
        /** From the base if it has one, else from jlink. */
        AUTO,
        /** From the base; an error if it has none. */
        BASE,
        /** Linked with jlink even if the base has one. */
        JLINK
    }

    /**
     * What the container is given.
     *
     * @param environment environment variables, on top of the base's
     * @param labels labels, on top of the base's
     * @param jvmFlags flags for the JVM
     * @param user the USER, or empty to keep the base's
     * @param created creation time of the image
     */
    public record Container(
            Map<String, String> environment,
            Map<String, String> labels,
            List<String> jvmFlags,
            Optional<String> user,
            Instant created) {}

    /**
     * What is added where the base lacks it.
     *
     * @param java where the Java runtime comes from
     * @param modules Java modules added to those that are found
     * @param interfaceClient version of the runtime interface client
     */
    public record Additions(JavaSource java, List<String> modules, String interfaceClient) {}
}
