package io.github.lambdacontainer.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file {@code release} in the home directory of a JDK: lines such as {@code JAVA_VERSION="21.0.4"}. */
final class ReleaseFile {

    static final String NAME = "release";

    private static final Pattern LINE = Pattern.compile("([A-Z_0-9]+)=\"?([^\"]*)\"?");
    private static final Pattern VERSION = Pattern.compile("(?:1\\.)?(\\d{1,4})(?:[^0-9].*)?");
    private static final long MOST_BYTES = 1 << 20;

    private final Map<String, String> values = new HashMap<>();

    private ReleaseFile(String text) {
        text.lines()
                .map(line -> LINE.matcher(line.strip()))
                .filter(Matcher::matches)
                .forEach(m -> values.put(m.group(1), m.group(2)));
    }

    /** Reads the file of this home directory; empty if there is none that can be read. */
    static Optional<ReleaseFile> read(Path home) {
        Path file = home.resolve(NAME);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            return Optional.of(new ReleaseFile(new String(Files.readAllBytes(file), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** 8 of {@code 1.8.0_402}, 21 of {@code 21.0.4}. */
    OptionalInt feature() {
        Matcher matcher = VERSION.matcher(value("JAVA_VERSION"));
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    String operatingSystem() {
        return value("OS_NAME");
    }

    String architecture() {
        return value("OS_ARCH").toLowerCase(Locale.ROOT);
    }

    boolean isForMusl() {
        return value("LIBC").equals("musl");
    }

    List<String> modules() {
        return Arrays.stream(value("MODULES").split(" ", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }
}
