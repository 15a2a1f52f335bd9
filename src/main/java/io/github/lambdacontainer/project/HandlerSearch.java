package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.HandlerFinding.Found;
import io.github.lambdacontainer.project.HandlerFinding.Unusable;
import java.util.List;
import java.util.Optional;

/** Finds the handler in the project's classes, or holds the configured one against the rules. */
final class HandlerSearch {

    private static final int HINTS = 5;

    private final ClassPath classPath;
    private final HandlerRules rules;

    HandlerSearch(ClassPath classPath) {
        this.classPath = classPath;
        this.rules = new HandlerRules(classPath);
    }

    /** What the search comes to; the directory is named where nothing is found. */
    HandlerFinding find(Optional<String> configured, String directory) {
        return configured.map(text -> configured(text.strip())).orElseGet(() -> search(directory));
    }

    private HandlerFinding configured(String text) {
        Handler handler = Handler.parse(text);
        Optional<Problem> problem = HandlerSpelling.check(text, this::suggestion)
                .or(() -> rules.rejection(handler).map(r -> improved(handler, r).problem()));
        return problem.<HandlerFinding>map(p -> new Unusable(List.of(p))).orElseGet(() -> new Found(handler, true));
    }

    private Rejection improved(Handler handler, Rejection rejection) {
        return classPath.holds(handler.className())
                ? rejection
                : suggestion(handler)
                        .map(s -> new Rejection(rejection.what(), "Did you mean '" + s + "'?"))
                        .orElse(rejection);
    }

    private Optional<Handler> suggestion(Handler handler) {
        return new HandlerSuggestions(classPath, rules, candidates()).instead(handler);
    }

    private HandlerFinding search(String directory) {
        List<String> candidates = candidates();
        return switch (candidates.size()) {
            case 0 -> none(directory, near(), methods());
            case 1 -> new Found(new Handler(candidates.get(0), Optional.empty()), false);
            default -> new Unusable(List.of(HandlerProblems.several(candidates)));
        };
    }

    private static Unusable none(String directory, List<String> near, List<String> methods) {
        return new Unusable(
                List.of(HandlerProblems.none(directory, near, methods)), near.isEmpty() && methods.isEmpty());
    }

    private List<String> candidates() {
        return classPath.projectClasses().stream()
                .filter(rules::implementsInterface)
                .filter(name -> !isSynthetic(name))
                .filter(name ->
                        rules.rejection(new Handler(name, Optional.empty())).isEmpty())
                .toList();
    }

    private boolean isSynthetic(String name) {
        return classPath.find(name).map(ClassInfo::isSynthetic).orElse(false);
    }

    // Abstract classes and interfaces are what handlers are made from, not handlers with a mistake.
    private List<String> near() {
        return classPath.projectClasses().stream()
                .filter(rules::implementsInterface)
                .filter(name ->
                        classPath.find(name).filter(c -> !c.isAbstract()).isPresent())
                .flatMap(name -> rules.rejection(new Handler(name, Optional.empty())).stream())
                .map(Rejection::what)
                .limit(HINTS)
                .toList();
    }

    private List<String> methods() {
        return classPath.projectClasses().stream()
                .filter(name -> !rules.implementsInterface(name))
                .flatMap(name -> classPath.find(name).stream())
                .flatMap(type -> rules.publicMethods(type).stream()
                        .filter(HandlerMethods::endsWithContext)
                        .map(m ->
                                new Handler(type.name(), Optional.of(m.method().name()))))
                .distinct()
                .filter(handler -> rules.rejection(handler).isEmpty())
                .map(Handler::toString)
                .limit(HINTS)
                .toList();
    }
}
