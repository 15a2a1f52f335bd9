package io.github.lambdacontainer.it;

import java.nio.file.Path;
import java.util.function.Consumer;

/** The base images that the tests build on, made from the build machine's own files with the configuration of the real ones. */
enum Base {
    AWS_JAVA_17("lambda/java", "17", to -> Bases.awsJava(to, It.jdk())),
    AWS_JAVA_17_TWINS("company/lambda-java", "17", to -> Bases.awsJavaTwins(to, It.jdk())),
    AWS_JAVA_25("lambda/java", "25", to -> Bases.awsJava(to, It.jdk25().orElseThrow())),
    AWS_OS_ONLY("lambda/provided", "al2023", Bases::awsOsOnly),
    WITH_JAVA("eclipse-temurin", "17-jre", Bases::withJava),
    WITH_JAVA_ON_PATH("company/java", "17", Bases::withJavaOnPath),
    WITH_OWN_LOADER("company/other-libc", "17", Bases::withOwnLoader),
    WITHOUT_JAVA("debian", "12-slim", to -> Bases.withoutJava(to, true)),
    WITHOUT_LIBGCC("company/minimal", "1", to -> Bases.withoutJava(to, false));

    final String repository;
    final String tag;
    private final Consumer<ImageLayout> writer;

    Base(String repository, String tag, Consumer<ImageLayout> writer) {
        this.repository = repository;
        this.tag = tag;
        this.writer = writer;
    }

    /** The base as an OCI layout, made at the first call. */
    ImageLayout layout() {
        return Bases.layout(this, writer);
    }

    /** Value of {@code from.image}: the stand-in's directory, or under {@code -Paws-bases} the image that AWS publishes. */
    String reference() {
        boolean published = repository.startsWith("lambda/") && Boolean.getBoolean("lambda-container.it.aws-bases");
        return published ? "public.ecr.aws/" + repository + ":" + tag : "oci:" + layout().directory();
    }

    /** Directory of the base below {@code target/it-bases}. */
    Path directory() {
        return It.target().resolve("it-bases").resolve(name().toLowerCase(java.util.Locale.ROOT));
    }
}
