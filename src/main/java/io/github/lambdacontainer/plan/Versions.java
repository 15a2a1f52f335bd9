package io.github.lambdacontainer.plan;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Orders version numbers part by part, numbers as numbers.
 *
 * <p>Like Maven's order, without its table of qualifiers: a word such as {@code rc1} or {@code SNAPSHOT} comes before
 * the release, and words compare as text. Enough for the artifacts of the interface client and for C libraries.
 */
final class Versions {

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    private Versions() {}

    static int compare(String left, String right) {
        List<String> a = parts(left);
        List<String> b = parts(right);
        for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
            int order = compareParts(part(a, i), part(b, i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    static boolean isBelow(String version, String bound) {
        return compare(version, bound) < 0;
    }

    private static List<String> parts(String version) {
        return List.of(version.split("[.-]", -1));
    }

    private static String part(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : "0";
    }

    private static int compareParts(String a, String b) {
        boolean aNumber = NUMBER.matcher(a).matches();
        boolean bNumber = NUMBER.matcher(b).matches();
        if (aNumber && bNumber) {
            return new BigInteger(a).compareTo(new BigInteger(b));
        }
        return aNumber == bNumber ? a.compareTo(b) : Boolean.compare(aNumber, bNumber);
    }
}
