package io.github.lambdacontainer.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Directories with all that is in them. */
public final class Trees {

    private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwx------");

    private Trees() {}

    /**
     * Deletes a directory and all below it, if it is there; links are deleted, not followed. A directory may be closed to
     * its owner: functions make such ones.
     *
     * @throws IOException for the first file that cannot be deleted; the others are
     */
    public static void delete(Path root) throws IOException {
        if (!Files.exists(root, NOFOLLOW_LINKS)) {
            return;
        }
        List<IOException> failures = new ArrayList<>();
        delete(root, failures);
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
    }

    private static void delete(Path path, List<IOException> failures) {
        try {
            if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
                children(path).forEach(child -> delete(child, failures));
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            failures.add(e);
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            open(directory);
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return children;
    }

    private static void open(Path directory) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.addAll(OPEN)) {
            Files.setPosixFilePermissions(directory, permissions);
        }
    }
}
