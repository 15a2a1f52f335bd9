package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts commands of an image with its paths rewritten to where its files are, on the C library of this machine.
 *
 * @param base the unpacked base
 * @param baseDirectories directories of the base that are used, such as the home of its Java
 * @param work where the image's own files are
 */
record Relocation(Path base, List<String> baseDirectories, WorkDirectory work) implements StagedImage.Way {

    /** An absolute path at the start of a text or after what separates words and paths. */
    private static final Pattern PATH = Pattern.compile("(?<=^|[\\s@=:\"])/[^\\s:\"]+");

    /** What belongs to the system: this machine's is used, for its C library has to fit. */
    private static final Pattern SYSTEM =
            Pattern.compile("/[^/]*/?|/(usr/)?(lib|lib32|lib64|libx32|bin|sbin)(/.*)?|/etc/(hosts|resolv\\.conf)");

    @Override
    public String text() {
        return "from the image's files with this machine's C library";
    }

    /** Rewrites the argument files among these words. */
    void prepare(List<String> command, FileTime time) throws IOException {
        for (String word : command) {
            Path file = word.startsWith("@/") ? work.files().resolve(word.substring(2)) : work.files();
            if (Files.isRegularFile(file)) {
                Files.writeString(file, here(Files.readString(file)));
                Files.setLastModifiedTime(file, time);
            }
        }
    }

    @Override
    public ProcessBuilder process(List<String> command, Map<String, String> environment, String directory) {
        ProcessBuilder builder =
                new ProcessBuilder(command.stream().map(this::here).toList());
        Path here = Path.of(here(directory));
        builder.directory((Files.isDirectory(here) ? here : work.temporary()).toFile());
        builder.environment().clear();
        environment.forEach((name, value) -> builder.environment().put(name, here(value)));
        return builder;
    }

    /** A text with every path that the image brings replaced by where it is. */
    String here(String text) {
        return PATH.matcher(text).replaceAll(match -> Matcher.quoteReplacement(path(match.group())));
    }

    private String path(String path) {
        if (path.equals("/tmp") || path.startsWith("/tmp/")) {
            return work.temporary() + path.substring("/tmp".length());
        }
        if (baseDirectories.stream()
                .anyMatch(directory -> path.equals(directory) || path.startsWith(directory + "/"))) {
            return base + path;
        }
        boolean own =
                !SYSTEM.matcher(path).matches() && Files.exists(work.files().resolve(path.substring(1)));
        return own ? work.files() + path : path;
    }
}
