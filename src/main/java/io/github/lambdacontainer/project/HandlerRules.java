package io.github.lambdacontainer.project;

import io.github.lambdacontainer.project.TypeHierarchy.Member;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Holds a handler against the rules of the interface client, whose own verdict comes only with the first invocation
 * ({@code HandlerInfo} and {@code EventHandlerLoader} of aws-lambda-java-runtime-interface-client 2.9.0).
 */
final class HandlerRules {

    private final ClassPath classPath;
    private final TypeHierarchy hierarchy;
    private final RequestHandlerArguments requestHandlerArguments;

    HandlerRules(ClassPath classPath) {
        this.classPath = classPath;
        this.hierarchy = new TypeHierarchy(classPath);
        this.requestHandlerArguments = new RequestHandlerArguments(classPath, hierarchy);
    }

    /** Why the interface client would refuse the handler, if it would. */
    Optional<Rejection> rejection(Handler handler) {
        Optional<ClassInfo> type = classPath.find(handler.className());
        if (type.isEmpty()) {
            return Optional.of(Rejection.classNotFound(handler.className()));
        }
        Optional<String> missing = hierarchy.missing(handler.className());
        if (missing.isPresent()) {
            return Optional.of(Rejection.ancestorNotFound(handler.className(), missing.get()));
        }
        return handler.method()
                .map(method -> methodRejection(type.get(), method))
                .orElseGet(() -> interfaceRejection(type.get()));
    }

    /** Whether a class implements one of the handler interfaces. */
    boolean implementsInterface(String name) {
        return hierarchy.isA(name, LambdaTypes.REQUEST_STREAM_HANDLER)
                || hierarchy.isA(name, LambdaTypes.REQUEST_HANDLER);
    }

    /** The public methods of a class with those it inherits. */
    List<Member> publicMethods(ClassInfo type) {
        return hierarchy.publicMethods(type);
    }

    private Optional<Rejection> interfaceRejection(ClassInfo type) {
        if (hierarchy.isA(type.name(), LambdaTypes.REQUEST_STREAM_HANDLER)) {
            return creationRejection(type);
        }
        if (!hierarchy.isA(type.name(), LambdaTypes.REQUEST_HANDLER)) {
            return Optional.of(Rejection.noInterface(type.name(), suggestedMethod(type)));
        }
        Optional<Rejection> creation = creationRejection(type);
        if (creation.isPresent()) {
            return creation;
        }
        return requestHandlerArguments.objection(type).map(objection -> switch (objection) {
            case NOT_CONCRETE -> Rejection.notConcrete(type.name());
            case NOT_TWO -> Rejection.notTwo(type.name());
        });
    }

    private Optional<Rejection> methodRejection(ClassInfo type, String name) {
        List<Member> methods = hierarchy.publicMethods(type);
        Optional<Member> called = HandlerMethods.called(methods, name);
        if (called.isEmpty()) {
            return Optional.of(noMethod(type, name, methods));
        }
        if (called.get().method().isStatic()) {
            ClassInfo declaring = called.get().declaring();
            return declaring.isPublic() ? Optional.empty() : Optional.of(Rejection.notPublic(declaring.name()));
        }
        return creationRejection(type);
    }

    private static Rejection noMethod(ClassInfo type, String name, List<Member> methods) {
        Optional<Member> misfit =
                methods.stream().filter(m -> m.method().name().equals(name)).findFirst();
        if (misfit.isPresent()) {
            return Rejection.signature(type.name(), misfit.get().method());
        }
        boolean hidden = type.methods().stream().anyMatch(m -> m.name().equals(name));
        return hidden
                ? Rejection.methodNotPublic(type.name(), name)
                : Rejection.methodNotFound(type.name(), name, usable(methods));
    }

    private static Optional<Rejection> creationRejection(ClassInfo type) {
        if (type.isInterface()) {
            return Optional.of(Rejection.isInterface(type.name()));
        }
        if (type.isAbstract()) {
            return Optional.of(Rejection.isAbstract(type.name()));
        }
        if (type.inner() && !type.hasPublicDefaultConstructor()) {
            return Optional.of(Rejection.inner(type.name()));
        }
        if (!type.isPublic()) {
            return Optional.of(Rejection.notPublic(type.name()));
        }
        return type.hasPublicDefaultConstructor() ? Optional.empty() : Optional.of(Rejection.constructor(type.name()));
    }

    private Optional<String> suggestedMethod(ClassInfo type) {
        return usable(hierarchy.publicMethods(type)).stream().findFirst();
    }

    /** Names of the methods that can be handlers, without those every object has; those with a context first. */
    static List<String> usable(List<Member> methods) {
        return methods.stream()
                .filter(m -> !m.declaring().name().equals("java.lang.Object"))
                .filter(m -> HandlerMethods.fits(m.method().parameters()))
                .sorted(Comparator.comparing((Member m) -> !HandlerMethods.endsWithContext(m)))
                .map(m -> m.method().name())
                .distinct()
                .toList();
    }
}
