package io.github.lambdacontainer.project;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Guesses which handler was meant by one whose class does not exist. */
final class HandlerSuggestions {

    private final ClassPath classPath;
    private final HandlerRules rules;
    private final List<String> candidates;

    HandlerSuggestions(ClassPath classPath, HandlerRules rules, List<String> candidates) {
        this.classPath = classPath;
        this.rules = rules;
        this.candidates = candidates;
    }

    /** The handler that was probably meant. */
    Optional<Handler> instead(Handler handler) {
        return Stream.of(
                        nested(handler.className()).map(name -> new Handler(name, handler.method())),
                        method(handler),
                        sameSimpleName(handler),
                        misspelt(handler))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** {@code Outer.Inner} for {@code Outer$Inner}. */
    private Optional<String> nested(String name) {
        String binary = name;
        for (int dot = binary.lastIndexOf('.'); dot >= 0; dot = binary.lastIndexOf('.')) {
            binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
            if (classPath.holds(binary)) {
                return Optional.of(binary);
            }
        }
        return classPath.holds(name) ? Optional.of(name) : Optional.empty();
    }

    /** {@code pkg.Class.method}, {@code pkg.Class#method} or {@code pkg.Class:method} for {@code pkg.Class::method}. */
    private Optional<Handler> method(Handler handler) {
        String text = handler.className();
        int separator = Math.max(text.lastIndexOf('.'), Math.max(text.lastIndexOf('#'), text.lastIndexOf(':')));
        if (handler.method().isPresent() || separator < 0) {
            return Optional.empty();
        }
        String method = text.substring(separator + 1);
        return nested(text.substring(0, separator))
                .flatMap(name -> classPath.find(name))
                .filter(type ->
                        HandlerMethods.called(rules.publicMethods(type), method).isPresent())
                .map(type -> new Handler(type.name(), Optional.of(method)));
    }

    private Optional<Handler> sameSimpleName(Handler handler) {
        String simple = ClassNames.simple(handler.className());
        return Stream.concat(candidates.stream(), classPath.projectClasses().stream())
                .filter(name -> ClassNames.simple(name).equals(simple))
                .findFirst()
                .map(name -> new Handler(name, handler.method()));
    }

    private Optional<Handler> misspelt(Handler handler) {
        return DidYouMean.nearest(handler.className(), new TreeSet<>(classPath.projectClasses()))
                .or(() -> simpleNameMisspelt(handler))
                .map(name -> new Handler(name, handler.method()));
    }

    private Optional<String> simpleNameMisspelt(Handler handler) {
        List<String> simpleNames = new ArrayList<>();
        candidates.forEach(name -> simpleNames.add(ClassNames.simple(name)));
        return DidYouMean.nearest(ClassNames.simple(handler.className()), simpleNames)
                .flatMap(simple -> candidates.stream()
                        .filter(name -> ClassNames.simple(name).equals(simple))
                        .findFirst());
    }
}
