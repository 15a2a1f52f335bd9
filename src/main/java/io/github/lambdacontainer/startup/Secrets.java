package io.github.lambdacontainer.startup;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Keeps the values of the training's variables out of what is told of its output. */
final class Secrets {

    /** Shorter values, such as {@code true}, are words of any text. */
    private static final int SHORTEST = 8;

    private Secrets() {}

    /**
     * The text without these values. Of one that is cut at the beginning of the text, the rest goes too.
     */
    static String hide(String text, Collection<String> values) {
        List<String> secrets = values.stream()
                .filter(value -> value.length() >= SHORTEST)
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, "***");
        }
        for (String secret : secrets) {
            for (int cut = 1; cut <= secret.length() - SHORTEST; cut++) {
                if (hidden.startsWith(secret.substring(cut))) {
                    hidden = "***" + hidden.substring(secret.length() - cut);
                }
            }
        }
        return hidden.strip();
    }
}
