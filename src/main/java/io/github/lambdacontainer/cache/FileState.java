package io.github.lambdacontainer.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What changes when somebody writes to a file or puts another in its place.
 *
 * @param size its size in bytes
 * @param modified when it was last written to
 * @param identity which file it is on its disk, or empty text where the file system does not tell
 */
record FileState(long size, FileTime modified, String identity) {

    static Optional<FileState> of(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            String identity = found.fileKey() == null ? "" : found.fileKey().toString();
            return Optional.of(new FileState(found.size(), found.lastModifiedTime(), identity));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
