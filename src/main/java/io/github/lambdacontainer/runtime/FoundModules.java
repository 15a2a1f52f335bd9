package io.github.lambdacontainer.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Modules that jdeps found.
 *
 * @param modules their names
 * @param notes what kept it from finding all of them, a line each
 */
record FoundModules(Set<String> modules, List<String> notes) {

    private static final String HEADER = "modules ";

    FoundModules plus(FoundModules other) {
        Set<String> allModules = new TreeSet<>(modules);
        allModules.addAll(other.modules);
        List<String> allNotes = new ArrayList<>(notes);
        allNotes.addAll(other.notes);
        return new FoundModules(allModules, allNotes);
    }

    static FoundModules none() {
        return new FoundModules(Set.of(), List.of());
    }

    /** As text for the cache; what {@link #parse} reads. */
    String text() {
        return HEADER + String.join(",", new TreeSet<>(modules)) + "\n" + String.join("\n", notes);
    }

    static Optional<FoundModules> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).startsWith(HEADER)) {
            return Optional.empty();
        }
        String names = lines.get(0).substring(HEADER.length());
        return Optional.of(new FoundModules(
                new TreeSet<>(Arrays.asList(names.split(",", -1))), List.copyOf(lines.subList(1, lines.size()))));
    }
}
