package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import java.util.List;

/** What is said about a handler that is not found or not a name. */
final class HandlerProblems {

    private static final String SETTING = "handler";

    private static final String EXAMPLES =
            "Name a class, such as 'com.acme.App', or a class and its method, such as 'com.acme.App::handle'.";

    private static final String NO_FUNCTION =
            " A module without a function sets the property lambda-container.skip to true in its pom.";

    private HandlerProblems() {}

    static Problem none(String directory, List<String> near, List<String> methods) {
        String what = "No handler was found: no class in '" + directory
                + "' is public, has a public constructor without parameters and implements RequestHandler or"
                + " RequestStreamHandler.";
        String hint = near.isEmpty() ? "" : " " + String.join(" ", near);
        String next = methods.isEmpty()
                ? EXAMPLES + NO_FUNCTION
                : "Methods with a Context are not taken by themselves; name the one that is the handler: "
                        + quoted(methods) + ".";
        return Problem.of(what + hint, SETTING, next);
    }

    static Problem several(List<String> candidates) {
        return Problem.of(
                candidates.size() + " handlers were found: " + quoted(candidates) + ".",
                SETTING,
                "Name the one this image runs.");
    }

    static Problem blank() {
        return Problem.of("The handler is blank.", SETTING, EXAMPLES);
    }

    static Problem noClass(String handler) {
        return Problem.of("The handler '" + handler + "' names no class.", SETTING, EXAMPLES);
    }

    static Problem noMethod(String handler) {
        return Problem.of("The handler '" + handler + "' names no method after '::'.", SETTING, EXAMPLES);
    }

    static Problem path(String handler, String meant) {
        return Problem.of(
                "The handler '" + handler + "' is the path of a file, not the name of a class.",
                SETTING,
                "Write '" + meant + "'.");
    }

    private static String quoted(List<String> names) {
        return "'" + String.join("', '", names) + "'";
    }
}
