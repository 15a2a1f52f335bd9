package io.github.lambdacontainer.base;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Java version texts, old and new (JEP 223). */
final class JavaVersions {

    private static final Pattern VERSION = Pattern.compile("(?:jdk-?)?(?:1\\.)?([1-9]\\d{0,2})(?:[.u+_-].*)?");

    private JavaVersions() {}

    /** The feature version: 21 of {@code 21.0.4+7} and {@code jdk-21.0.4+7}, 8 of {@code 1.8.0_432} and {@code 8u432}. */
    static OptionalInt feature(String version) {
        Matcher matcher = VERSION.matcher(version.strip());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
