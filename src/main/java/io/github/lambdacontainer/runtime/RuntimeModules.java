package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which modules a function's Java runtime is linked from. */
final class RuntimeModules {

    /**
     * What code reaches by service loading or reflection, where jdeps cannot see it. {@code jdk.crypto.ec}: key agreement
     * of TLS 1.3 (a part of {@code java.base} from 22 on); {@code jdk.charsets}: charsets beyond the standard ones;
     * {@code jdk.net}: keep-alive options that HTTP clients set if they are there; {@code jdk.random}: the default
     * generator of {@code RandomGenerator} before 23; {@code jdk.zipfs}: file systems of jars; {@code jdk.management}:
     * memory and CPU figures of metrics libraries; {@code java.naming}: LDAP certificate stores and JNDI look-ups of
     * loggers; {@code jdk.unsupported}: {@code sun.misc.Unsafe} of serializers;
     * {@code jdk.localedata}: without it numbers and dates of other locales than English come out as English ones, and
     * nothing says so.
     */
    static final List<String> ALWAYS = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "jdk.charsets",
            "jdk.crypto.ec",
            "jdk.localedata",
            "jdk.management",
            "jdk.net",
            "jdk.random",
            "jdk.unsupported",
            "jdk.zipfs");

    private RuntimeModules() {}

    /**
     * The modules to link, sorted.
     *
     * @param found those jdeps found
     * @param added those the user adds
     * @param available those the JDK has
     * @throws UserFailure if the user adds one that the JDK does not have
     */
    static List<String> select(Set<String> found, List<String> added, Set<String> available, String jdk) {
        List<Problem> problems = added.stream()
                .filter(name -> !available.contains(name))
                .map(name -> unknown(name, available, jdk))
                .toList();
        if (!problems.isEmpty()) {
            throw new UserFailure(problems);
        }
        Set<String> selected = new TreeSet<>(found);
        selected.addAll(ALWAYS);
        selected.retainAll(available);
        selected.addAll(added);
        return List.copyOf(selected);
    }

    private static Problem unknown(String name, Collection<String> available, String jdk) {
        List<String> near = NearMisses.of(name, available);
        String hint = near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
        return Problem.of(
                "The JDK at " + jdk + " has no module '" + name + "'." + hint,
                "runtime.modules",
                "Correct the name or leave it out; bin/java --list-modules of that JDK lists the modules there are.");
    }
}
