package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ClassInfo.MethodInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/**
 * Why the interface client would refuse a handler.
 *
 * @param what what is wrong with it
 * @param next what to do about it
 */
record Rejection(String what, String next) {

    private static final String SETTING = "handler";

    /** The rejection as a problem of the setting {@code handler}. */
    Problem problem() {
        return Problem.of(what, SETTING, next);
    }

    static Rejection classNotFound(String name) {
        return new Rejection(
                "The handler's class '" + name + "' is neither in the project nor in its runtime dependencies.",
                "Correct the name, or leave the setting out to have the handler found.");
    }

    static Rejection ancestorNotFound(String name, String ancestor) {
        return new Rejection(
                "The class '" + name + "' needs '" + ancestor
                        + "', which is neither in the project nor in its runtime dependencies.",
                "Give the dependency that holds it the scope 'compile' or 'runtime'.");
    }

    static Rejection isInterface(String name) {
        return new Rejection("The class '" + name + "' is an interface.", "Name a class that implements it.");
    }

    static Rejection isAbstract(String name) {
        return new Rejection("The class '" + name + "' is abstract.", "Name a class that extends it.");
    }

    static Rejection inner(String name) {
        return new Rejection(
                "The class '" + name + "' is an inner class that is not static, so it cannot be created by itself.",
                "Declare it 'static', or move it to a file of its own.");
    }

    static Rejection notPublic(String name) {
        return new Rejection("The class '" + name + "' is not public.", "Declare it 'public'.");
    }

    static Rejection constructor(String name) {
        return new Rejection(
                "The class '" + name + "' has no public constructor without parameters.",
                "Add one, or name a static method.");
    }

    static Rejection noInterface(String name, Optional<String> method) {
        return new Rejection(
                "The class '" + name + "' implements neither RequestHandler nor RequestStreamHandler.",
                method.map(m -> "Name its method too, such as '" + name + "::" + m + "'.")
                        .orElse("Implement one of them, or add a public method and name it after '::'."));
    }

    static Rejection notConcrete(String name) {
        return new Rejection(
                "The class '" + name + "' implements RequestHandler without concrete type arguments.",
                "Write them, such as 'RequestHandler<Map<String, Object>, String>', or name the method: '" + name
                        + "::handleRequest'.");
    }

    static Rejection notTwo(String name) {
        return new Rejection(
                "The class '" + name
                        + "' implements RequestHandler through an interface that does not have two type parameters.",
                "Implement RequestHandler itself, or name the method: '" + name + "::handleRequest'.");
    }

    static Rejection methodNotFound(String type, String method, List<String> others) {
        Optional<String> meant = DidYouMean.nearest(method, others);
        String next = meant.map(m -> "Did you mean '" + type + "::" + m + "'?")
                .orElse(
                        others.isEmpty()
                                ? "Add the method."
                                : "Methods that can be named: " + String.join(", ", others) + ".");
        return new Rejection("The class '" + type + "' has no public method '" + method + "'.", next);
    }

    static Rejection methodNotPublic(String type, String method) {
        return new Rejection("The method '" + type + "::" + method + "' is not public.", "Declare it 'public'.");
    }

    static Rejection signature(String type, MethodInfo method) {
        String parameters = Arrays.stream(Type.getArgumentTypes(method.descriptor()))
                .map(t -> ClassNames.simple(t.getClassName()))
                .collect(Collectors.joining(", ", "(", ")"));
        return new Rejection(
                "The method '" + type + "::" + method.name() + "' has the parameters " + parameters
                        + ", which the interface client cannot give.",
                "Change them to one of: " + HandlerMethods.ACCEPTED + ".");
    }
}
