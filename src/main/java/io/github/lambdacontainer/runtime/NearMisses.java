package io.github.lambdacontainer.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Names that resemble a misspelt one. */
final class NearMisses {

    private static final int MOST = 3;

    private NearMisses() {}

    /** At most three, nearest first: those that differ by few letters, and those that end or begin with the name. */
    static List<String> of(String name, Collection<String> names) {
        int limit = Math.max(1, Math.min(3, name.length() / 4));
        return names.stream()
                .filter(n -> distance(name, n) <= limit || n.endsWith("." + name) || n.startsWith(name + "."))
                .sorted(Comparator.<String>comparingInt(n -> distance(name, n)).thenComparing(n -> n))
                .limit(MOST)
                .toList();
    }

    /** Levenshtein's: the least number of letters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
