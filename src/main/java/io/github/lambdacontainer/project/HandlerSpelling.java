package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import java.util.Optional;
import java.util.function.Function;

/** Finds handlers that cannot be the name of a class at all. */
final class HandlerSpelling {

    private static final String JAVA = ".java";

    private static final String CLASS = ".class";

    private HandlerSpelling() {}

    /** What is wrong with the spelling; the suggestion tells which handler was meant. */
    static Optional<Problem> check(String text, Function<Handler, Optional<Handler>> suggestion) {
        if (text.isBlank()) {
            return Optional.of(HandlerProblems.blank());
        }
        Handler handler = Handler.parse(text);
        if (handler.className().isEmpty()) {
            return Optional.of(HandlerProblems.noClass(text));
        }
        if (handler.method().filter(String::isEmpty).isPresent()) {
            return Optional.of(HandlerProblems.noMethod(text));
        }
        Handler named = new Handler(className(handler.className()), handler.method());
        return named.equals(handler)
                ? Optional.empty()
                : Optional.of(HandlerProblems.path(
                        text, suggestion.apply(named).orElse(named).toString()));
    }

    private static String className(String path) {
        String name = path.replace('/', '.').replace('\\', '.');
        for (String suffix : new String[] {JAVA, CLASS}) {
            if (name.endsWith(suffix)) {
                name = name.substring(0, name.length() - suffix.length());
            }
        }
        return name;
    }
}
