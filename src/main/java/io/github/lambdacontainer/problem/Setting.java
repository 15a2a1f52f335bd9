package io.github.lambdacontainer.problem;

import java.util.List;

/**
 * A setting of the plugin, named by its dotted path such as {@code from.image}.
 *
 * @param path the path of XML elements below {@code <configuration>}, joined by dots
 */
public record Setting(String path) {

    /** What every user property of the plugin begins with. */
    public static final String PREFIX = "lambda-container.";

    /** The setting as it is written in a pom, such as {@code <from><image>}. */
    public String xml() {
        return "<" + String.join("><", List.of(path.split("\\.", -1))) + ">";
    }

    /** The setting as it is written on the command line, such as {@code -Dlambda-container.from.image}. */
    public String commandLine() {
        return "-D" + PREFIX + path;
    }

    @Override
    public String toString() {
        return xml() + " (" + commandLine() + ")";
    }
}
