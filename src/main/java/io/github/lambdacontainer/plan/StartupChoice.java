package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses the kind of startup archive. */
final class StartupChoice {

    private static final String SETTING = "startup.mode";

    /** The JVM's own default, which bases may have too. */
    private static final String HARMLESS = "-Xshare:auto";

    private StartupChoice() {}

    /**
     * The kind that is possible; where none is, {@code auto} passes over it with a line, and what the user named or
     * requires is a problem.
     */
    static Optional<ArchiveKind> choose(
            StartupSettings settings, BaseFacts base, Optional<JavaChoice> java, Findings findings) {
        if (settings.mode() == StartupSettings.Mode.NONE || java.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> obstacle = obstacle(settings, base, java.get());
        if (obstacle.isEmpty()) {
            return kind(settings.mode(), java.get().feature());
        }
        if (settings.mode() == StartupSettings.Mode.AUTO && settings.required()) {
            findings.problem(Problem.of(
                    "No startup archive can be made: " + obstacle.get() + ".",
                    "startup.required",
                    "Set it to false, which lets the build go on without one, or startup.mode to none."));
        } else if (settings.mode() == StartupSettings.Mode.AUTO) {
            findings.warning("No startup archive is made: " + obstacle.get() + ".");
        } else {
            findings.problem(Problem.of(
                    "No startup archive can be made: " + obstacle.get() + ".",
                    SETTING,
                    "Set it to auto, which makes one wherever that is possible, or to none."));
        }
        return Optional.empty();
    }

    /** Flags of the user's, or of a variable, that name another archive, or none. */
    static void check(List<String> flags, Map<String, String> environment, Findings findings) {
        flags.stream()
                .filter(JvmFlags::choosesArchive)
                .forEach(flag -> findings.problem(Problem.of(
                        "The JVM flag " + flag + " and a startup archive exclude each other.",
                        "container.jvmFlags",
                        "Remove the flag, or set startup.mode to none.")));
        JvmFlags.ofEnvironment(environment).stream()
                .filter(JvmFlags::choosesArchive)
                .filter(flag -> !flag.equals(HARMLESS))
                .forEach(flag -> findings.problem(Problem.of(
                        "The JVM flag " + flag + ", which a variable of the image has, and a startup archive exclude"
                                + " each other.",
                        "container.environment",
                        "Give the variable without the flag, or set startup.mode to none.")));
    }

    private static Optional<String> obstacle(StartupSettings settings, BaseFacts base, JavaChoice java) {
        if (!settings.machine().runs(base.architecture())) {
            return Optional.of("it is trained with the image's own Java, and this machine (" + settings.machine()
                    + ") does not run programs for Linux on " + base.architecture());
        }
        if (base.kind() == BaseKind.AWS_JAVA && base.interfaceClient().isEmpty()) {
            return Optional.of("the base has no runtime interface client that an ENTRYPOINT could name");
        }
        int needed = settings.mode() == StartupSettings.Mode.AOT ? ArchiveKind.AOT.since() : ArchiveKind.CDS.since();
        return java.feature() >= needed
                ? Optional.empty()
                : Optional.of("the image's Java is " + java.feature() + ", and it needs Java " + needed + " or newer");
    }

    private static Optional<ArchiveKind> kind(StartupSettings.Mode mode, int feature) {
        boolean aot = mode == StartupSettings.Mode.AOT
                || (mode == StartupSettings.Mode.AUTO && feature >= ArchiveKind.AOT.since());
        return Optional.of(aot ? ArchiveKind.AOT : ArchiveKind.CDS);
    }
}
