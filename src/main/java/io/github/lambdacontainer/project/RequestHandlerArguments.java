package io.github.lambdacontainer.project;

import io.github.lambdacontainer.project.ClassInfo.SuperType;
import io.github.lambdacontainer.project.ClassInfo.TypeParameter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Finds the type arguments a class gives to {@code RequestHandler}, in the way of the interface client
 * ({@code EventHandlerLoader} of aws-lambda-java-runtime-interface-client 2.9.0): breadth first, it takes the first type
 * with arguments that is a {@code RequestHandler} or extends it, and does not look further up.
 */
final class RequestHandlerArguments {

    private final ClassPath classPath;
    private final TypeHierarchy hierarchy;

    RequestHandlerArguments(ClassPath classPath, TypeHierarchy hierarchy) {
        this.classPath = classPath;
        this.hierarchy = hierarchy;
    }

    /** A type argument: a type variable that nothing binds, or any other type. */
    private record Argument(Optional<TypeParameter> variable) {

        boolean isUnknown() {
            return variable.filter(v -> !v.bounded()).isPresent();
        }
    }

    /** A type on the way up; without arguments where it stands raw. */
    private record Step(ClassInfo type, Optional<List<Argument>> arguments) {

        Optional<Argument> resolve(String variable) {
            List<TypeParameter> declared = type.typeParameters();
            for (int i = 0; i < declared.size(); i++) {
                if (declared.get(i).name().equals(variable)) {
                    TypeParameter own = declared.get(i);
                    int index = i;
                    return Optional.of(arguments
                            .filter(a -> index < a.size())
                            .map(a -> a.get(index))
                            .orElseGet(() -> new Argument(Optional.of(own))));
                }
            }
            return Optional.empty();
        }
    }

    /** What the interface client objects to, if anything. */
    enum Objection {
        /** There are no type arguments, or a type variable stands for one. */
        NOT_CONCRETE,
        /** They belong to an interface that does not have two type parameters. */
        NOT_TWO
    }

    /** What keeps the interface client from reading the event and response types of a class. */
    Optional<Objection> objection(ClassInfo type) {
        Deque<Step> queue = new ArrayDeque<>();
        queue.add(new Step(type, Optional.empty()));
        while (!queue.isEmpty()) {
            Step step = queue.remove();
            for (SuperType parent : step.type().interfaces()) {
                boolean parameterized = !parent.arguments().isEmpty();
                if (parameterized && hierarchy.isA(parent.name(), LambdaTypes.REQUEST_HANDLER)) {
                    return objection(arguments(parent, step));
                }
                next(parent, step).ifPresent(queue::add);
            }
            step.type().superclass().flatMap(s -> next(s, step)).ifPresent(queue::add);
        }
        return Optional.of(Objection.NOT_CONCRETE);
    }

    private static Optional<Objection> objection(List<Argument> arguments) {
        if (arguments.size() != 2) {
            return Optional.of(Objection.NOT_TWO);
        }
        return arguments.stream().anyMatch(Argument::isUnknown)
                ? Optional.of(Objection.NOT_CONCRETE)
                : Optional.empty();
    }

    private Optional<Step> next(SuperType parent, Step from) {
        return classPath.find(parent.name()).map(type -> new Step(type, given(type, parent, from)));
    }

    private static Optional<List<Argument>> given(ClassInfo type, SuperType parent, Step from) {
        if (!parent.arguments().isEmpty()) {
            return Optional.of(arguments(parent, from));
        }
        if (type.typeParameters().isEmpty() || from.arguments().isEmpty()) {
            return Optional.empty();
        }
        // A raw type below one with arguments: the interface client matches variables by their names.
        return Optional.of(type.typeParameters().stream()
                .map(p -> from.resolve(p.name()).orElseGet(() -> new Argument(Optional.of(p))))
                .toList());
    }

    private static List<Argument> arguments(SuperType parent, Step from) {
        List<Argument> resolved = new ArrayList<>();
        for (Optional<String> variable : parent.arguments()) {
            resolved.add(variable.map(v ->
                            from.resolve(v).orElseGet(() -> new Argument(Optional.of(new TypeParameter(v, false)))))
                    .orElseGet(() -> new Argument(Optional.empty())));
        }
        return resolved;
    }
}
