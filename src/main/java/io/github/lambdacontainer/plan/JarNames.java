package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.project.Dependency;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * File names for jars that share a directory of the image.
 *
 * <p>A jar keeps its name. Jars of the same name get their Maven group in front of it, and a number if that is not
 * enough. A colon, which would split the class path, becomes an underscore.
 */
public final class JarNames {

    private JarNames() {}

    /**
     * A name for each jar, all different, in the order of the jars.
     *
     * @param taken names that others already have in that directory
     */
    public static Map<Dependency, String> of(List<Dependency> jars, Set<String> taken) {
        Map<String, Long> uses =
                jars.stream().collect(Collectors.groupingBy(JarNames::fileName, Collectors.counting()));
        Set<String> used = new HashSet<>(taken);
        Function<Dependency, String> wish =
                jar -> uses.getOrDefault(fileName(jar), 0L) > 1 || taken.contains(fileName(jar))
                        ? jar.groupId() + "." + fileName(jar)
                        : fileName(jar);
        Map<Dependency, String> names = new LinkedHashMap<>();
        for (Dependency jar : jars) {
            names.computeIfAbsent(jar, j -> free(wish.apply(j), used));
        }
        return names;
    }

    /** The name of a file in the image, as it is on disk but for what a class path cannot hold. */
    static String fileName(Path jar) {
        Path name = jar.getFileName();
        return (name == null ? "classes.jar" : name.toString()).replace(':', '_');
    }

    private static String fileName(Dependency jar) {
        return fileName(jar.path());
    }

    private static String free(String wish, Set<String> used) {
        String name = wish;
        for (int number = 2; !used.add(name); number++) {
            name = numbered(wish, number);
        }
        return name;
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot < 1 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
    }
}
