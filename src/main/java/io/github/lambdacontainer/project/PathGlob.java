package io.github.lambdacontainer.project;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A glob over absolute paths of an image, with the meaning of {@link java.nio.file.FileSystem#getPathMatcher} on Linux
 * whatever the build machine is: {@code *} and {@code ?} stay within a name, {@code **} does not, {@code [a-z]} and
 * {@code [!a-z]} match one character, {@code {a,b}} either pattern, and a backslash takes what follows as it is.
 */
final class PathGlob {

    private final Pattern pattern;

    private PathGlob(Pattern pattern) {
        this.pattern = pattern;
    }

    /** The glob with this text, unless it is not one. */
    static Optional<PathGlob> parse(String text) {
        try {
            return new Translation(text).regex().map(regex -> new PathGlob(Pattern.compile(regex, Pattern.DOTALL)));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether the whole path matches. */
    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /** Goes through the glob once and writes the regular expression it stands for. */
    private static final class Translation {
        private final String glob;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private boolean group;

        Translation(String glob) {
            this.glob = glob;
        }

        Optional<String> regex() {
            while (at < glob.length()) {
                if (!step(glob.charAt(at++))) {
                    return Optional.empty();
                }
            }
            return group ? Optional.empty() : Optional.of(regex.toString());
        }

        private boolean step(char c) {
            return switch (c) {
                case '\\' -> at < glob.length() && literal(glob.charAt(at++));
                case '*' -> star();
                case '?' -> write("[^/]");
                case '[' -> bracket();
                case '{' -> group(true, "(?:(?:");
                case '}' -> !group ? literal(c) : group(false, "))");
                case ',' -> group ? write(")|(?:") : literal(c);
                default -> literal(c);
            };
        }

        private boolean star() {
            boolean doubled = at < glob.length() && glob.charAt(at) == '*';
            at += doubled ? 1 : 0;
            return write(doubled ? ".*" : "[^/]*");
        }

        private boolean group(boolean open, String text) {
            boolean nested = open && group;
            group = open;
            return !nested && write(text);
        }

        private boolean bracket() {
            int end = glob.indexOf(']', at + 1);
            String inside = end < 0 ? "" : glob.substring(at, end);
            if (inside.isEmpty() || inside.contains("/")) {
                return false;
            }
            boolean negated = inside.startsWith("!");
            at = end + 1;
            write("(?!/)[" + (negated ? "^" : ""));
            String characters = negated ? inside.substring(1) : inside;
            for (int i = 0; i < characters.length(); i++) {
                char c = characters.charAt(i);
                write(c == '-' ? "-" : "\\x{" + Integer.toHexString(c) + "}");
            }
            return write("]");
        }

        private boolean literal(char c) {
            return write(Pattern.quote(String.valueOf(c)));
        }

        private boolean write(String text) {
            regex.append(text);
            return true;
        }
    }
}
