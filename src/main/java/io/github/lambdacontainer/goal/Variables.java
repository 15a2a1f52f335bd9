package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Environment variables that a setting gives: {@code NAME=value}, or {@code NAME} for one of the build's own.
 *
 * @param values their values
 * @param ofBuild those of them that are the build's own
 */
record Variables(Map<String, String> values, Set<String> ofBuild) {

    /**
     * Reads a setting; what gives no variable becomes a problem.
     *
     * @param setting the setting's path
     * @param taker who gets the variables, as messages call it
     */
    static Variables read(
            List<String> texts, Map<String, String> build, String setting, String taker, List<Problem> problems) {
        Variables variables = new Variables(new LinkedHashMap<>(), new LinkedHashSet<>());
        for (String text : texts) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            String value = equals < 0 ? build.get(name) : text.substring(equals + 1);
            if (name.isBlank()) {
                problems.add(Problem.of(
                        "A variable of " + taker + " has no name.",
                        setting,
                        "Give NAME=value, or the name of a variable of the build."));
            } else if (value == null) {
                problems.add(Problem.of(
                        "The build has no environment variable '" + name + "' to pass on to " + taker + ".",
                        setting,
                        "Set it, give its value as " + name + "=value, or leave it out."));
            } else {
                variables.put(name, value, equals < 0);
            }
        }
        return variables;
    }

    private void put(String name, String value, boolean own) {
        values.put(name, value);
        if (own) {
            ofBuild.add(name);
        } else {
            ofBuild.remove(name);
        }
    }
}
