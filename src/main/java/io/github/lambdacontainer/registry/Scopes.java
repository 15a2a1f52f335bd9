package io.github.lambdacontainer.registry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a token has to allow (CNCF distribution, "Token Scope Documentation"): {@code repository:app:pull,push}. */
final class Scopes {

    private Scopes() {}

    /** What the registry's challenge names and what is needed, each resource once. */
    static List<String> of(Challenge challenge, List<String> needed) {
        Map<String, Set<String>> actions = new LinkedHashMap<>();
        for (String scope : challenge.parameters().getOrDefault("scope", "").split(" ", -1)) {
            add(actions, scope);
        }
        needed.forEach(scope -> add(actions, scope));
        return actions.entrySet().stream()
                .map(e -> e.getKey() + ":" + String.join(",", e.getValue()))
                .toList();
    }

    private static void add(Map<String, Set<String>> actions, String scope) {
        int end = scope.lastIndexOf(':');
        if (end > 0) {
            actions.computeIfAbsent(scope.substring(0, end), resource -> new LinkedHashSet<>())
                    .addAll(Arrays.asList(scope.substring(end + 1).split(",", -1)));
        }
    }
}
