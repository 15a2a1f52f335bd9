package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
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
record Relocation(Path base, List<String> baseDirectories, WorkDirectory work) implements StagedFiles.FilesWay {

    /** An absolute path at the start of a text, after what separates words and paths, or in a URL without a host. */
    private static final Pattern PATH = Pattern.compile("(?<=^|[\\s@=:\"]|://)/[^/\\s:\"][^\\s:\"]*");

    /** What belongs to the system: this machine's is used, for its C library has to fit. */
    private static final Pattern SYSTEM = Pattern.compile(
            "/[^/]*/?|/(usr/)?(lib|lib32|lib64|libx32|bin|sbin)(/.*)?|/dev/.*|/etc/(hosts|resolv\\.conf)");

    private static final String ARGUMENT_FILE = "@";

    @Override
    public String text() {
        return "from the image's files with this machine's C library";
    }

    @Override
    public boolean isInPlace() {
        return false;
    }

    /** Rewrites the argument files among these words, and puts what is used of the base beside the image's own files. */
    void prepare(List<String> command, FileTime time) throws IOException {
        for (String directory : baseDirectories) {
            link(directory);
        }
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
        List<String> words = new ArrayList<>(command.stream().map(this::here).toList());
        if (words.get(0).endsWith("/java")) {
            // It has /tmp built in.
            words.add(1, "-Djava.io.tmpdir=" + work.temporary());
        }
        ProcessBuilder builder = new ProcessBuilder(words);
        Path here = Path.of(here(directory));
        builder.directory((Files.isDirectory(here) ? here : work.temporary()).toFile());
        builder.environment().clear();
        environment.forEach((name, value) -> builder.environment().put(name, here(value)));
        return builder;
    }

    /** With a class path that begins in the working directory: it is the same below any root. */
    @Override
    public ProcessBuilder relocatable(List<String> command, Map<String, String> environment, String directory)
            throws IOException {
        Path here = Files.createDirectories(Path.of(work.files() + directory));
        ProcessBuilder builder = process(command, environment, directory).directory(here.toFile());
        Pattern own = Pattern.compile(Pattern.quote(work.files().toString()) + "(/[^\\s:\"]+)");
        List<String> words = new ArrayList<>();
        for (String word : builder.command()) {
            if (word.startsWith(ARGUMENT_FILE + work.files())) {
                String text = own.matcher(Files.readString(Path.of(word.substring(1))))
                        .replaceAll(path -> Matcher.quoteReplacement(
                                here.relativize(Path.of(path.group())).toString()));
                words.add(ARGUMENT_FILE + Files.writeString(work.beside("arguments-" + words.size()), text));
            } else {
                words.add(word);
            }
        }
        return builder.command(words);
    }

    /** Links what the base has at this path and the image's own files do not hide. */
    private void link(String path) throws IOException {
        Path source = Path.of(base + path);
        Path target = Path.of(work.files() + path);
        if (Files.isDirectory(target) && Files.isDirectory(source)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(source)) {
                for (Path child : children) {
                    link(path + "/" + child.getFileName());
                }
            }
        } else if (Files.exists(source) && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(target.getParent());
            Files.createSymbolicLink(target, source);
        }
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
            return work.files() + path;
        }
        boolean own =
                !SYSTEM.matcher(path).matches() && Files.exists(work.files().resolve(path.substring(1)));
        return own ? work.files() + path : path;
    }
}
