package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a Java runtime linked from a JDK will run on a base. */
final class JdkFitness {

    private static final String SETTING = "runtime.jdk";

    private JdkFitness() {}

    static List<Problem> problems(Jdk jdk, BaseFacts base) {
        if (jdk.feature() == 0) {
            return unusable(jdk).stream().toList();
        }
        List<Problem> problems = new ArrayList<>();
        unusable(jdk).ifPresent(problems::add);
        operatingSystem(jdk).ifPresent(problems::add);
        architecture(jdk, base).ifPresent(problems::add);
        cLibrary(jdk, base).or(() -> libraries(jdk, base)).ifPresent(problems::add);
        return problems;
    }

    private static Optional<Problem> unusable(Jdk jdk) {
        return jdk.unusable()
                .map(reason -> Problem.of(
                        "No Java runtime can be linked from the JDK at " + jdk.home() + ": " + reason + ".",
                        SETTING,
                        "Name the home directory of a JDK with bin/jlink and its modules, or choose a base with"
                                + " Java."));
    }

    private static Optional<Problem> operatingSystem(Jdk jdk) {
        if (isLinux(jdk)) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                "The JDK at " + jdk.home() + " is for " + jdk.operatingSystem() + "; an image needs one for Linux.",
                SETTING,
                "Name the home directory of a JDK for Linux, or choose a base with Java such as"
                        + " public.ecr.aws/lambda/java:" + jdk.feature() + "."));
    }

    private static boolean isLinux(Jdk jdk) {
        return jdk.operatingSystem().equalsIgnoreCase("Linux");
    }

    private static Optional<Problem> architecture(Jdk jdk, BaseFacts base) {
        if (jdk.architecture().equals(Optional.of(base.architecture()))) {
            return Optional.empty();
        }
        String has = jdk.architecture().map(Architecture::lambdaName).orElse("an instruction set Lambda does not run");
        return Optional.of(Problem.of(
                "The JDK at " + jdk.home() + " is for " + has + "; the image is for " + base.architecture() + ".",
                SETTING,
                "Name the home directory of a JDK for " + base.architecture() + ", or choose a base with Java."));
    }

    private static Optional<Problem> cLibrary(Jdk jdk, BaseFacts base) {
        if (base.kind() == BaseKind.SCRATCH || !isLinux(jdk)) {
            return Optional.empty();
        }
        if (base.cLibrary() instanceof CLibrary.None) {
            return base.kind() == BaseKind.WITHOUT_JAVA ? Optional.of(noCLibrary(base)) : Optional.empty();
        }
        if (jdk.cLibrary() instanceof CLibrary.Glibc needed && base.cLibrary() instanceof CLibrary.Glibc there) {
            return isOlder(there, needed) ? Optional.of(olderCLibrary(jdk, needed, base, there)) : Optional.empty();
        }
        boolean same = jdk.cLibrary().getClass().equals(base.cLibrary().getClass());
        return same || jdk.cLibrary() instanceof CLibrary.None
                ? Optional.empty()
                : Optional.of(otherCLibrary(jdk, base));
    }

    private static Optional<Problem> libraries(Jdk jdk, BaseFacts base) {
        String missing = jdk.libraries().stream()
                .filter(library -> !base.libraries().contains(library))
                .sorted()
                .collect(Collectors.joining(", "));
        if (missing.isEmpty() || base.kind() == BaseKind.SCRATCH) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                "A Java runtime linked from the JDK at " + jdk.home() + " does not start on the base " + base.name()
                        + ", which lacks: " + missing + ".",
                SETTING,
                "Name a JDK that needs nothing but the C library, as Eclipse Temurin and Amazon Corretto do, or choose"
                        + " a base that has what it lacks, or scratch."));
    }

    private static boolean isOlder(CLibrary.Glibc there, CLibrary.Glibc needed) {
        return !there.version().isEmpty()
                && !needed.version().isEmpty()
                && Versions.isBelow(there.version(), needed.version());
    }

    private static Problem noCLibrary(BaseFacts base) {
        return Problem.of(
                "The base " + base.name() + " has no C library, which a Java runtime needs.",
                "from.image",
                "Choose scratch, where the C library is added too, or a base that has one.");
    }

    private static Problem olderCLibrary(Jdk jdk, CLibrary.Glibc needed, BaseFacts base, CLibrary.Glibc there) {
        return Problem.of(
                "The JDK at " + jdk.home() + " needs glibc " + needed.version() + " or newer, but the base "
                        + base.name() + " has glibc " + there.version() + ".",
                SETTING,
                "Name a JDK built for an older glibc, or choose a newer base.");
    }

    private static Problem otherCLibrary(Jdk jdk, BaseFacts base) {
        return Problem.of(
                "The JDK at " + jdk.home() + " is built for " + name(jdk.cLibrary()) + ", but the base " + base.name()
                        + " has " + name(base.cLibrary()) + ".",
                SETTING,
                "Name a JDK built for " + name(base.cLibrary()) + ", or choose a base with " + name(jdk.cLibrary())
                        + ".");
    }

    private static String name(CLibrary cLibrary) {
        return cLibrary instanceof CLibrary.Musl ? "musl" : "glibc";
    }
}
