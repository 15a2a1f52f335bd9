package io.github.lambdacontainer.startup;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites absolute paths of an image to where its files are on this machine; what the image's files do not hold stays.
 *
 * @param root the directory with the image's files
 */
record Relocation(Path root) {

    /** An absolute path at the start of a word or after what separates words and paths. */
    private static final Pattern PATH = Pattern.compile("(?<=^|[\\s@=:,\"])/[^\\s:,\"]+");

    /** The text with absolute paths on this machine. */
    String absolute(String text) {
        return rewrite(text, path -> root + path);
    }

    /** The text with paths relative to a directory of the image. */
    String relative(String text, String directory) {
        return rewrite(
                text, path -> Path.of(directory).relativize(Path.of(path)).toString());
    }

    /** Where a path of the image is. */
    Path file(String path) {
        return Path.of(root + path);
    }

    private String rewrite(String text, UnaryOperator<String> to) {
        return PATH.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Files.exists(file(match.group()), LinkOption.NOFOLLOW_LINKS)
                                ? to.apply(match.group())
                                : match.group()));
    }
}
