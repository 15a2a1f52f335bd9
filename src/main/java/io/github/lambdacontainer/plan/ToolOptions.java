package io.github.lambdacontainer.plan;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes JVM flags as the environment variable JAVA_TOOL_OPTIONS holds them: white space divides flags, quotes of either
 * kind keep it, nothing escapes a quote (JVM Tool Interface specification, "Start-Up", and its HotSpot implementation).
 */
final class ToolOptions {

    static final String VARIABLE = "JAVA_TOOL_OPTIONS";

    private ToolOptions() {}

    /** The flags after those that the variable has already; an empty text for none. */
    static String append(String present, List<String> flags) {
        return Stream.concat(Stream.of(present), flags.stream().map(ToolOptions::quote))
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
    }

    private static String quote(String flag) {
        boolean plain = flag.chars().noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\'');
        return plain ? flag : "\"" + flag.replace("\"", "\"'\"'\"") + "\"";
    }
}
