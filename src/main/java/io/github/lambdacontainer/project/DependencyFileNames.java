package io.github.lambdacontainer.project;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * File names that tell dependencies apart in one directory. The first with a file name keeps it; a later one is given
 * its group in front ({@code com.acme-util-1.0.jar}), and a number after that ({@code com.acme-2-util-1.0.jar}) where
 * even this is taken.
 */
public final class DependencyFileNames {

    private DependencyFileNames() {}

    /**
     * One file name for each dependency, in their order, none of them twice and none of those taken.
     *
     * @param dependencies the dependencies, as jars
     * @param taken file names that stand in the directory already
     */
    public static List<String> of(List<Dependency> dependencies, Set<String> taken) {
        Set<String> used = new HashSet<>(taken);
        List<String> names = new ArrayList<>();
        for (Dependency dependency : dependencies) {
            String name = free(dependency, used);
            used.add(name);
            names.add(name);
        }
        return List.copyOf(names);
    }

    private static String free(Dependency dependency, Set<String> used) {
        String name = String.valueOf(dependency.path().getFileName());
        String candidate = name;
        for (int number = 1; used.contains(candidate); number++) {
            candidate = dependency.groupId() + (number == 1 ? "-" : "-" + number + "-") + name;
        }
        return candidate;
    }
}
