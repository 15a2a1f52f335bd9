package io.github.lambdacontainer.goal;

import org.jspecify.annotations.Nullable;

/** The base image. {@code <from>IMAGE</from>} is short for {@code <from><image>IMAGE</image></from>}. */
public final class From implements Options.ShortForm {

    /**
     * The base image: a registry reference with tag, digest or both; {@code scratch}; {@code tar:FILE} for an archive
     * of docker save or an OCI archive; {@code oci:DIRECTORY} for an OCI image layout.
     */
    @Option(
            "public.ecr.aws/lambda/java:N, N being the Java version of the project's classes or the next one that AWS has")
    private @Nullable String image;

    private Auth auth = new Auth();

    /** Suffix of a Docker credential helper, such as {@code ecr-login}, asked for the base's registry. */
    @Option("none: the other credential sources are tried")
    private @Nullable String credHelper;

    /** Absolute path of {@code java} inside the base image. */
    @Option("found by itself")
    private @Nullable String java;

    @Override
    public void set(String shorthand) {
        image = shorthand;
    }

    @Nullable String image() {
        return image;
    }

    Auth auth() {
        return auth;
    }

    @Nullable String credHelper() {
        return credHelper;
    }

    @Nullable String java() {
        return java;
    }
}
