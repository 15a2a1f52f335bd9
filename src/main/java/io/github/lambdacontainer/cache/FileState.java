package io.github.lambdacontainer.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/**
 * What changes when somebody writes to a file or puts another in its place.
 *
 * @param size its size in bytes
 * @param modified when it was last written to, or what somebody set
 * @param changed when it or what is known of it last changed; nobody can set that, and not every file system has it
 * @param identity which file it is on its disk, or empty text where the file system does not tell
 */
public record FileState(long size, FileTime modified, Optional<FileTime> changed, String identity) {

    /** The state of a file now, or empty if it cannot be read. */
    public static Optional<FileState> of(Path file, LinkOption... options) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, options);
            String identity = found.fileKey() == null ? "" : found.fileKey().toString();
            return Optional.of(new FileState(found.size(), found.lastModifiedTime(), changed(file, options), identity));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<FileTime> changed(Path file, LinkOption... options) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Optional.of((FileTime) Files.getAttribute(file, "unix:ctime", options))
                : Optional.empty();
    }

    /** Whether nobody can touch the file without another state. */
    boolean tellsChanges() {
        return changed.isPresent();
    }

    /** Whether the file was last touched before this time. */
    boolean isBefore(Instant time) {
        return modified.toInstant().isBefore(time)
                && changed.filter(last -> !last.toInstant().isBefore(time)).isEmpty();
    }

    /** The state on one line. */
    String text() {
        return String.join(
                " ",
                Long.toString(size),
                modified.toString(),
                changed.map(FileTime::toString).orElse("-"),
                identity);
    }
}
