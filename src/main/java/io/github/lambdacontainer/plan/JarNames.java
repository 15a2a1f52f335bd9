package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.project.Dependency;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * File names for jars that share a directory of the image.
 *
 * <p>The first jar of a name keeps it, a later one gets its Maven group in front ({@code org.other-util-1.0.jar}), and
 * a number too where that is taken. A colon, which would split the class path, becomes an underscore.
 */
final class JarNames {

    private JarNames() {}

    /**
     * A name for each jar, all different, in the order of the jars.
     *
     * @param taken names that others already have in that directory
     */
    static Map<Dependency, String> of(List<Dependency> jars, Set<String> taken) {
        Set<String> used = new HashSet<>(taken);
        Map<Dependency, String> names = new LinkedHashMap<>();
        for (Dependency jar : jars) {
            names.computeIfAbsent(jar, added -> free(added, used));
        }
        return names;
    }

    /** A file name as a class path can hold it. */
    static String onClassPath(String fileName) {
        return fileName.replace(':', '_');
    }

    private static String free(Dependency jar, Set<String> used) {
        String name = onClassPath(String.valueOf(jar.path().getFileName()));
        String candidate = name;
        for (int number = 1; !used.add(candidate); number++) {
            candidate = jar.groupId() + (number == 1 ? "-" : "-" + number + "-") + name;
        }
        return candidate;
    }
}
