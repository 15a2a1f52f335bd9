package io.github.lambdacontainer.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories as a whole. */
final class FileTrees {

    private FileTrees() {}

    /** Every regular file below a directory, links to files included, sorted by name with forward slashes. */
    static List<TreeFile> files(Path root) throws IOException {
        List<TreeFile> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.isRegularFile(path)) {
                    files.add(new TreeFile(root.relativize(path).toString().replace('\\', '/'), path));
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        files.sort(Comparator.comparing(TreeFile::name));
        return files;
    }

    /** Deletes a directory and all below it; links are deleted, not followed. */
    static void delete(Path root) throws IOException {
        if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(root)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    /**
     * A file of a tree.
     *
     * @param name its path below the root, with forward slashes
     * @param path where it is
     */
    record TreeFile(String name, Path path) {}
}
