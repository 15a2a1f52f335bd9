package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The build machine's shared libraries, as {@code ldd} finds them. */
final class HostLibraries {

    private static final Pattern PATH = Pattern.compile("(?:=> |^\\s+)(/\\S+) \\(0x", Pattern.MULTILINE);

    private HostLibraries() {}

    /** The libraries that a program or library needs, as absolute paths. */
    static Collection<Path> of(Path program) {
        TreeSet<Path> found = new TreeSet<>();
        var matcher = PATH.matcher(Command.of("ldd", program).run().output());
        while (matcher.find()) {
            found.add(Path.of(matcher.group(1)));
        }
        return found;
    }

    /** The libraries that a tree of files needs and does not have itself. */
    static Collection<Path> ofTree(Path directory) {
        TreeSet<Path> found = new TreeSet<>();
        try (var tree = Files.walk(directory)) {
            tree.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().contains(".so") || file.getParent().endsWith("bin"))
                    .forEach(file -> found.addAll(of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.removeIf(library -> library.startsWith(directory));
        return found;
    }

    /** A library by its name, beside the C library. */
    static Path named(String name) {
        return cLibrary().resolveSibling(name);
    }

    private static Path cLibrary() {
        return of(Path.of("/bin/sh")).stream()
                .filter(library -> library.getFileName().toString().startsWith("libc."))
                .findFirst()
                .orElseThrow();
    }
}
