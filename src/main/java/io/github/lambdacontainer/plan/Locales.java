package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import java.util.List;
import java.util.Map;

/**
 * Gives a container a UTF-8 locale where nobody chose one. Without it Java writes logs, and before Java 18 reads files,
 * as ASCII; the AWS base images set one too.
 */
final class Locales {

    private static final List<String> VARIABLES = List.of("LC_ALL", "LC_CTYPE", "LANG");

    private Locales() {}

    static void addDefault(BaseFacts base, Map<String, String> environment, Findings findings) {
        boolean chosen = VARIABLES.stream()
                .anyMatch(name ->
                        environment.containsKey(name) || base.environment().containsKey(name));
        if (!chosen) {
            environment.put("LANG", "C.UTF-8");
            findings.added("environment variable LANG=C.UTF-8: the base sets no locale");
        }
    }
}
