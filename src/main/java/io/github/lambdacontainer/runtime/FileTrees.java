package io.github.lambdacontainer.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of directories. */
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

    /**
     * A file of a tree.
     *
     * @param name its path below the root, with forward slashes
     * @param path where it is
     */
    record TreeFile(String name, Path path) {}
}
