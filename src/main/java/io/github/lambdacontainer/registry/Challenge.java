package io.github.lambdacontainer.registry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants to be told who asks (RFC 9110, section 11.6.1).
 *
 * @param scheme {@code bearer} or {@code basic}, in lower case
 * @param parameters its parameters by lower-case name
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final Pattern PARAMETER =
            Pattern.compile("\\G[\\s,]*([A-Za-z0-9_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))");
    private static final Pattern SCHEME = Pattern.compile("\\G[\\s,]*([A-Za-z0-9_-]+)(?=\\s|,|$)(?!\\s*=)");

    /** The best of the challenges in these headers that is understood: a token before a password. */
    static Optional<Challenge> best(List<String> headers) {
        return headers.stream()
                .flatMap(header -> parse(header).stream())
                .filter(Challenge::isUnderstood)
                .min(Comparator.comparing(c -> c.scheme.equals("bearer") ? 0 : 1));
    }

    /** The same without the scope, which is for the repository that was asked for. */
    Challenge ofAnyRepository() {
        Map<String, String> general = new TreeMap<>(parameters);
        general.remove("scope");
        return new Challenge(scheme, general);
    }

    /** Whether this client can answer it. */
    boolean isUnderstood() {
        return scheme.equals("basic") || (scheme.equals("bearer") && parameters.containsKey("realm"));
    }

    private static List<Challenge> parse(String header) {
        List<Challenge> challenges = new ArrayList<>();
        Matcher scheme = SCHEME.matcher(header);
        int position = 0;
        while (scheme.find(position)) {
            Map<String, String> parameters = new TreeMap<>();
            position = readParameters(header, scheme.end(), parameters);
            challenges.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
        }
        return challenges;
    }

    private static int readParameters(String header, int start, Map<String, String> parameters) {
        Matcher parameter = PARAMETER.matcher(header);
        int position = start;
        while (parameter.find(position)) {
            String quoted = parameter.group(2);
            String value = quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1");
            parameters.putIfAbsent(parameter.group(1).toLowerCase(Locale.ROOT), value);
            position = parameter.end();
        }
        return position;
    }
}
