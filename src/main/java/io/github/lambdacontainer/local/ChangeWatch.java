package io.github.lambdacontainer.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Tells when the files below some directories have changed and are quiet again, so that a compiler that is still writing
 * is not disturbed. It looks when asked to: file systems of containers and networks send no events.
 */
public final class ChangeWatch {

    private final List<Path> roots;
    private Map<Path, String> known;
    private Map<Path, String> last;

    /** Watches files and directories, from their present state on. */
    public ChangeWatch(List<Path> roots) {
        this.roots = List.copyOf(roots);
        this.known = snapshot();
        this.last = known;
    }

    /** Whether something has changed since this last said so, and nothing since it was last asked. */
    public boolean hasChanged() {
        Map<Path, String> now = snapshot();
        boolean quiet = now.equals(last);
        last = now;
        if (quiet && !now.equals(known)) {
            known = now;
            return true;
        }
        return false;
    }

    private Map<Path, String> snapshot() {
        Map<Path, String> files = new TreeMap<>();
        for (Path root : roots) {
            try (Stream<Path> tree = Files.walk(root)) {
                tree.forEach(file -> describe(file, files));
            } catch (IOException | UncheckedIOException e) {
                // A directory that is deleted and made anew: the next look sees it.
                files.put(root, "unreadable");
            }
        }
        return files;
    }

    private static void describe(Path file, Map<Path, String> files) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (attributes.isRegularFile()) {
                files.put(file, attributes.size() + " " + attributes.lastModifiedTime());
            }
        } catch (IOException e) {
            files.put(file, "gone");
        }
    }
}
