package io.github.lambdacontainer.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a dynamic loader of the build machine looks for libraries ({@code ld.so(8)}).
 *
 * @param builtIn the directories it searches without a cache or configuration, and so the only ones it searches in an
 *     image from {@code scratch}
 * @param configured the directories that {@code /etc/ld.so.conf} adds on the build machine
 */
record LoaderDirectories(List<String> builtIn, List<String> configured) {

    /** A loader keeps its directories as texts of this form, one after the other. */
    private static final Pattern BUILT_IN = Pattern.compile("(?<=\0)((?:/usr)?/lib[A-Za-z0-9_./-]{0,60})/(?=\0)");

    private static final List<String> USUAL = List.of("/lib64", "/usr/lib64", "/lib", "/usr/lib");

    private static final int MOST_NESTED = 8;

    static LoaderDirectories read(Path root, Path loader) throws IOException {
        Set<String> builtIn = new LinkedHashSet<>();
        Matcher matcher = BUILT_IN.matcher(new String(Files.readAllBytes(loader), StandardCharsets.ISO_8859_1));
        while (matcher.find()) {
            builtIn.add(matcher.group(1));
        }
        Set<String> configured = new LinkedHashSet<>();
        readConfiguration(root, "/etc/ld.so.conf", configured, 0);
        return new LoaderDirectories(builtIn.isEmpty() ? USUAL : List.copyOf(builtIn), List.copyOf(configured));
    }

    /** The file that a path of an image stands for below this root. */
    static Path below(Path root, String path) {
        return root.resolve(path.substring(1));
    }

    private static void readConfiguration(Path root, String file, Set<String> directories, int depth)
            throws IOException {
        Path path = below(root, file);
        if (depth > MOST_NESTED || !Files.isReadable(path)) {
            return;
        }
        for (String line : Files.readAllLines(path, StandardCharsets.ISO_8859_1)) {
            String text = line.replaceFirst("#.*", "").strip();
            if (text.startsWith("include ")) {
                for (String included :
                        matches(root, text.substring("include ".length()).strip())) {
                    readConfiguration(root, included, directories, depth + 1);
                }
            } else if (text.startsWith("/")) {
                directories.add(text);
            }
        }
    }

    private static List<String> matches(Path root, String pattern) throws IOException {
        int slash = pattern.lastIndexOf('/');
        Path directory = below(root, slash > 0 ? pattern.substring(0, slash) : "/etc");
        List<String> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, pattern.substring(slash + 1))) {
                paths.forEach(path -> files.add("/" + root.relativize(path)));
            }
        }
        files.sort(null);
        return files;
    }
}
