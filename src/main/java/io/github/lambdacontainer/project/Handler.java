package io.github.lambdacontainer.project;

import java.util.Optional;

/**
 * The handler of a function, as the interface client reads it (AWS Lambda Developer Guide, "Define Lambda function
 * handler in Java").
 *
 * @param className binary name of the class
 * @param method the method after {@code ::}, if one is named
 */
public record Handler(String className, Optional<String> method) {

    /** Splits at the last {@code ::}, as the interface client does. */
    public static Handler parse(String text) {
        int separator = text.lastIndexOf("::");
        return separator < 0
                ? new Handler(text, Optional.empty())
                : new Handler(text.substring(0, separator), Optional.of(text.substring(separator + 2)));
    }

    @Override
    public String toString() {
        return className + method.map(m -> "::" + m).orElse("");
    }
}
