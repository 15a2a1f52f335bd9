package io.github.lambdacontainer.ecr;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The IAM actions that AWS's sentences name. */
final class IamAction {

    private static final Pattern MISSING = Pattern.compile("not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)");

    private IamAction() {}

    /** The action that these words say is missing, if they do. */
    static Optional<String> in(String words) {
        Matcher matcher = MISSING.matcher(words);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
