package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells which of the user's JVM flags cannot work, or not on this base. */
final class FlagRules {

    private static final String SETTING = "container.jvmFlags";

    private static final String OTHER_BASE =
            "choose an OS-only base such as public.ecr.aws/lambda/provided:al2023, where the flag counts.";

    /** What the command line of the AWS bootstrap sets, beating JAVA_TOOL_OPTIONS. */
    private static final Pattern SET_BY_BOOTSTRAP =
            Pattern.compile("-Xmx.*|-XX:(MaxHeapSize|MaxRAMPercentage|TieredStopAtLevel|SharedArchiveFile)=.*"
                    + "|-Xshare:.*|-XX:[+-]TieredCompilation|-XX:-UseSerialGC");

    /** The same of the command line that takes the bootstrap's place where there is a startup archive. */
    private static final Pattern SET_BY_ENTRYPOINT =
            Pattern.compile("-XX:(MaxRAMPercentage|TieredStopAtLevel)=.*|-XX:-UseSerialGC");

    private static final String BOOTSTRAP_COLLECTOR = "-XX:+UseSerialGC";

    private FlagRules() {}

    /** Checks the flags; on an AWS base image for Java it counts whether the bootstrap starts the function. */
    static void check(
            List<String> flags,
            BaseFacts base,
            Map<String, String> environment,
            boolean byBootstrap,
            Findings findings) {
        flags.forEach(flag -> flagProblem(flag).ifPresent(findings::problem));
        if (base.kind() == BaseKind.AWS_JAVA) {
            flags.forEach(flag -> checkOnAwsJava(flag, byBootstrap, findings));
            flags.stream()
                    .filter(FlagRules::isOtherCollector)
                    .forEach(flag -> findings.problem(twoCollectors(flag, SETTING)));
            JvmFlags.ofEnvironment(environment).stream()
                    .filter(FlagRules::isOtherCollector)
                    .forEach(flag -> findings.problem(twoCollectors(flag, "container.environment")));
        }
    }

    private static Optional<Problem> flagProblem(String flag) {
        if (flag.isBlank()) {
            return Optional.of(Problem.of("A JVM flag is empty.", SETTING, "Remove it."));
        }
        if (JvmFlags.namesClasses(flag)) {
            return Optional.of(Problem.of(
                    "The JVM flag " + flag + " cannot be used: the image starts the interface client with the"
                            + " project's own class path.",
                    SETTING,
                    "Remove it; what has to be on the class path becomes a dependency of the project."));
        }
        return flag.startsWith("-") || JvmFlags.isArgumentFile(flag)
                ? Optional.empty()
                : Optional.of(Problem.of(
                        "'" + flag + "' is not a JVM flag: java would take it for the class to start.",
                        SETTING,
                        "Begin it with a hyphen, or join it to the flag it belongs to."));
    }

    private static void checkOnAwsJava(String flag, boolean byBootstrap, Findings findings) {
        if (JvmFlags.isArgumentFile(flag)) {
            findings.problem(Problem.of(
                    "The argument file " + flag + " cannot be used: on an AWS base image for Java, flags reach the"
                            + " JVM through JAVA_TOOL_OPTIONS, which takes none.",
                    SETTING,
                    "Write its flags into the setting, or " + OTHER_BASE));
        } else if (byBootstrap && SET_BY_BOOTSTRAP.matcher(flag).matches()) {
            findings.warning("The JVM flag " + flag + " has no effect on an AWS base image for Java: the command line"
                    + " of its bootstrap sets this itself. To use it, " + OTHER_BASE);
        } else if (!byBootstrap && SET_BY_ENTRYPOINT.matcher(flag).matches()) {
            findings.warning("The JVM flag " + flag + " has no effect on an AWS base image for Java: with a startup"
                    + " archive the ENTRYPOINT sets this as the bootstrap would. To use it, " + OTHER_BASE);
        }
    }

    private static boolean isOtherCollector(String flag) {
        return !flag.equals(BOOTSTRAP_COLLECTOR)
                && JvmFlags.collector(List.of(flag)).isPresent();
    }

    private static Problem twoCollectors(String flag, String setting) {
        return Problem.of(
                "The JVM would not start with " + flag + ": an AWS base image for Java selects " + BOOTSTRAP_COLLECTOR
                        + " on its command line, and two garbage collectors exclude each other.",
                setting,
                "Remove the flag, or " + OTHER_BASE);
    }
}
