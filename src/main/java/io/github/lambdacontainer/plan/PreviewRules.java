package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ClassVersion;
import java.util.Map;

/** Classes with preview features run on exactly the Java they were compiled for, with a flag (JEP 12). */
final class PreviewRules {

    private static final String FLAG = "--enable-preview";

    private PreviewRules() {}

    /** Tells what keeps the newest class from running, if it is one with preview features. */
    static void check(ClassVersion newest, JavaChoice java, Settings.Container container, Findings findings) {
        if (!newest.preview() || java.feature() < newest.feature()) {
            return;
        }
        String uses = newest.location() + " uses preview features of Java " + newest.feature();
        if (java.feature() > newest.feature()) {
            findings.problem(Problem.of(
                    uses + ", which no other Java runs, and the image has Java " + java.feature() + ".",
                    java.linkedFrom().isPresent() ? "runtime.jdk" : "from.image",
                    "Choose exactly Java " + newest.feature() + ", or compile without " + FLAG + "."));
        } else if (!isEnabled(container)) {
            findings.problem(Problem.of(
                    uses + ", which run only with the JVM flag " + FLAG + ".",
                    "container.jvmFlags",
                    "Add the flag, or compile without it."));
        }
    }

    private static boolean isEnabled(Settings.Container container) {
        Map<String, String> environment = container.environment();
        return container.jvmFlags().contains(FLAG)
                || environment.getOrDefault("JAVA_TOOL_OPTIONS", "").contains(FLAG)
                || environment.getOrDefault("JDK_JAVA_OPTIONS", "").contains(FLAG);
    }
}
