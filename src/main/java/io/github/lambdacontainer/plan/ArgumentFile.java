package io.github.lambdacontainer.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes arguments for the {@code java} launcher's {@code @argfiles} (the {@code java} command, JDK tool specifications):
 * quoted, so that neither white space nor {@code #} has a meaning, and with a backslash before what ends a quote.
 */
final class ArgumentFile {

    private ArgumentFile() {}

    /** One argument a line. */
    static String of(List<String> arguments) {
        return arguments.stream().map(ArgumentFile::quote).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String quote(String argument) {
        return "\""
                + argument.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                        .replace("\f", "\\f")
                + "\"";
    }
}
