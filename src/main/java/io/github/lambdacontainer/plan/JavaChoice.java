package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseJava;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ClassVersion;
import java.util.Optional;

/**
 * The Java that will run the function.
 *
 * @param executable absolute path of {@code java} in the image
 * @param feature its feature version
 * @param linkedFrom the JDK it is linked from, or empty where it is the base's
 */
record JavaChoice(String executable, int feature, Optional<Jdk> linkedFrom) {

    /** Chooses by {@code runtime.java}; empty when no Java can be had, which is then among the findings. */
    static Optional<JavaChoice> choose(Settings settings, BaseFacts base, Optional<Jdk> jdk, Findings findings) {
        return switch (settings.runtime().java()) {
            case AUTO ->
                baseIsMeant(settings, base)
                        ? ofBase(settings, base, findings)
                        : linked(base, jdk, "the base has none", findings);
            case BASE -> ofBase(settings, base, findings);
            case JLINK ->
                base.kind() == BaseKind.AWS_JAVA
                        ? fixedByBase(base, findings)
                        : linked(base, jdk, "asked for by runtime.java", findings);
        };
    }

    /** The home directory that {@code java} is in. */
    String home() {
        return BaseTree.parent(BaseTree.parent(executable));
    }

    /** Classes that this Java cannot read are told before anything is built. */
    void check(ClassVersion newest, BaseFacts base, Findings findings) {
        if (newest.feature() <= feature) {
            return;
        }
        String needs = newest.location() + " needs Java " + newest.feature();
        findings.problem(linkedFrom
                .map(jdk -> Problem.of(
                        needs + ", but the JDK at " + jdk.home() + " that the Java runtime is linked from is Java "
                                + feature + ".",
                        "runtime.jdk",
                        "Name a JDK " + newest.feature() + " or newer, or compile for Java " + feature
                                + " with maven.compiler.release."))
                .orElseGet(() -> Problem.of(
                        needs + ", but the base " + base.name() + " runs Java " + feature + ".",
                        "from.image",
                        "Choose a base with Java " + newest.feature() + " or newer, or compile for Java " + feature
                                + " with maven.compiler.release; of a dependency, take a version built for Java "
                                + feature + ".")));
    }

    /** Whether these settings need a JDK on this base. */
    static boolean needsJdk(Settings settings, BaseFacts base) {
        return switch (settings.runtime().java()) {
            case AUTO -> !baseIsMeant(settings, base);
            case BASE -> false;
            case JLINK -> true;
        };
    }

    private static boolean baseIsMeant(Settings settings, BaseFacts base) {
        return base.java().isPresent()
                || base.kind() == BaseKind.AWS_JAVA
                || settings.fromJava().isPresent();
    }

    private static Optional<JavaChoice> ofBase(Settings settings, BaseFacts base, Findings findings) {
        if (base.java().isEmpty()) {
            findings.problem(noJava(settings, base));
            return Optional.empty();
        }
        BaseJava java = base.java().get();
        String executable = base.kind() == BaseKind.AWS_JAVA
                ? java.executable()
                : settings.fromJava().orElse(java.executable());
        if (!executable.startsWith("/")) {
            findings.problem(Problem.of(
                    "The path of java in the base, '" + executable + "', is not absolute.",
                    "from.java",
                    "Begin it with a slash, such as /usr/bin/java."));
        }
        return Optional.of(new JavaChoice(executable, java.feature(), Optional.empty()));
    }

    private static Problem noJava(Settings settings, BaseFacts base) {
        return settings.fromJava()
                .map(path -> Problem.of(
                        "The base " + base.name() + " has no Java runtime at " + path + ".",
                        "from.java",
                        "Name the absolute path of java in the base, or leave the setting out to have it found."))
                .orElseGet(() -> Problem.of(
                        "The base " + base.name() + " has no Java runtime.",
                        "runtime.java",
                        "Set it to auto, which links a Java runtime from the JDK of the build, or choose a base with"
                                + " Java."));
    }

    private static Optional<JavaChoice> fixedByBase(BaseFacts base, Findings findings) {
        findings.problem(Problem.of(
                "A Java runtime cannot be linked for the base " + base.name()
                        + ": its bootstrap always starts its own /var/lang/bin/java.",
                "runtime.java",
                "Leave the setting out, or choose an OS-only base such as public.ecr.aws/lambda/provided:al2023."));
        return Optional.empty();
    }

    /** Two Java runtimes in one directory would mix their files. */
    private static String freeHome(BaseFacts base) {
        boolean taken = base.java()
                .filter(java -> java.executable().startsWith(ImagePaths.JAVA + "/"))
                .isPresent();
        return taken ? ImagePaths.SECOND_JAVA : ImagePaths.JAVA;
    }

    private static Optional<JavaChoice> linked(BaseFacts base, Optional<Jdk> jdk, String why, Findings findings) {
        if (jdk.isEmpty()) {
            findings.problem(Problem.of(
                    "No JDK was found to link a Java runtime from (" + why + ").",
                    "runtime.jdk",
                    "Name the home directory of a JDK for Linux, or choose a base with Java."));
            return Optional.empty();
        }
        findings.problems(JdkFitness.problems(jdk.get(), base));
        int feature = jdk.get().feature();
        if (feature == 0) {
            return Optional.empty();
        }
        findings.added("Java " + feature + " runtime linked from the JDK at "
                + jdk.get().home() + ": " + why);
        return Optional.of(new JavaChoice(freeHome(base) + "/bin/java", feature, jdk));
    }
}
