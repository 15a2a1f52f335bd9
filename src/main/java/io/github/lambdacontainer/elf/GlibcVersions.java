package io.github.lambdacontainer.elf;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Versions of the GNU C library, as symbol versions name them. */
public final class GlibcVersions {

    private static final Pattern SYMBOL_VERSION = Pattern.compile("GLIBC_(\\d{1,6}(?:\\.\\d{1,6})*)");

    private GlibcVersions() {}

    /** The highest version among symbol versions, such as {@code 2.34} of {@code GLIBC_2.34}; names of another form do not count. */
    public static Optional<String> highest(Collection<String> symbolVersions) {
        return symbolVersions.stream()
                .map(SYMBOL_VERSION::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .max(GlibcVersions::compare);
    }

    /**
     * Compares two versions such as {@code 2.9} and {@code 2.34} number by number; a missing number counts as 0.
     *
     * @throws NumberFormatException if one is not made of numbers and dots
     */
    public static int compare(String one, String other) {
        int[] left = numbers(one);
        int[] right = numbers(other);
        int length = Math.max(left.length, right.length);
        return Arrays.compare(Arrays.copyOf(left, length), Arrays.copyOf(right, length));
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
