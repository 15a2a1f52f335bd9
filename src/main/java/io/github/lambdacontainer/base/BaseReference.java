package io.github.lambdacontainer.base;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.Reference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a base image comes from: what {@code from.image} says. */
public sealed interface BaseReference {

    /** The setting that holds it. */
    String SETTING = "from.image";

    /** The reference as the user wrote it. */
    String text();

    /** An image in a registry. */
    record Registry(Reference reference, String text) implements BaseReference {}

    /** No base at all: {@code scratch}. */
    record Scratch() implements BaseReference {
        @Override
        public String text() {
            return "scratch";
        }
    }

    /** A file that {@code docker save}, {@code podman save} or {@code skopeo copy} wrote: {@code tar:FILE}. */
    record Archive(Path file, String text) implements BaseReference {}

    /** A directory as the OCI image specification lays it out (image-layout.md): {@code oci:DIR}. */
    record OciLayout(Path directory, String text) implements BaseReference {}

    /**
     * Reads a reference.
     *
     * @param relativeTo the directory that relative paths start from
     * @throws UserFailure if it is malformed
     */
    static BaseReference parse(String text, Path relativeTo) {
        if (text.equals("scratch")) {
            return new Scratch();
        }
        if (text.startsWith("tar:")) {
            return new Archive(path(text, 4, relativeTo), text);
        }
        if (text.startsWith("oci:")) {
            return new OciLayout(path(text, 4, relativeTo), text);
        }
        return new Registry(Reference.parse(text, SETTING), text);
    }

    private static Path path(String text, int prefix, Path relativeTo) {
        String path = text.substring(prefix);
        try {
            if (!path.isBlank()) {
                return relativeTo.resolve(path).normalize();
            }
        } catch (InvalidPathException e) {
            throw malformed(text, "'" + path + "' is not a path on this machine");
        }
        throw malformed(text, "the path is missing");
    }

    private static UserFailure malformed(String text, String why) {
        return new UserFailure(Problem.of(
                "'" + text + "' does not name a base image: " + why + ".",
                SETTING,
                "Write tar:FILE with a docker or OCI archive, or oci:DIR with an OCI image layout."));
    }
}
