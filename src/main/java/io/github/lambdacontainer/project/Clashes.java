package io.github.lambdacontainer.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds classes that stand in several dependencies with different content. */
final class Clashes {

    private Clashes() {}

    /** A pair of positions in the class path, first before second. */
    private record Pair(int first, int second) implements Comparable<Pair> {

        @Override
        public int compareTo(Pair other) {
            return first != other.first ? Integer.compare(first, other.first) : Integer.compare(second, other.second);
        }
    }

    /** The clashes of each two dependencies, in their order. */
    static List<ClassClash> between(List<JarContents> jars) {
        Map<String, List<Integer>> places = new HashMap<>();
        Map<Pair, List<String>> clashes = new TreeMap<>();
        for (int second = 0; second < jars.size(); second++) {
            for (var entry : jars.get(second).classes().entrySet()) {
                List<Integer> earlier = places.computeIfAbsent(entry.getKey(), k -> new ArrayList<>(1));
                for (int first : earlier) {
                    if (!entry.getValue().equals(jars.get(first).classes().get(entry.getKey()))) {
                        clashes.computeIfAbsent(new Pair(first, second), k -> new ArrayList<>())
                                .add(ClassNames.binary(entry.getKey()));
                    }
                }
                earlier.add(second);
            }
        }
        return clashes.entrySet().stream()
                .map(e -> new ClassClash(
                        jars.get(e.getKey().first()).dependency(),
                        jars.get(e.getKey().second()).dependency(),
                        e.getValue().stream().sorted().toList()))
                .toList();
    }
}
