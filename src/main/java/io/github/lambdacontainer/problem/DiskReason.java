package io.github.lambdacontainer.problem;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why the file system refused, in words that end a sentence; the JDK has none for some refusals. */
public final class DiskReason {

    private static final List<String> FULL =
            List.of("No space left on device", "Disk quota exceeded", "not enough space on the disk");

    private DiskReason() {}

    /** The reason, without a full stop. */
    public static String of(IOException cause) {
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return "'" + ((FileSystemException) cause).getFile() + "' is in the way, which is not a directory";
        }
        if (cause instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "access is denied";
        }
        String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
        return reason == null ? cause.getClass().getSimpleName() : reason;
    }

    /** Whether these words of a program or of the operating system tell of a disk, or a share of one, that is full. */
    public static boolean isFull(@Nullable String words) {
        return words != null && FULL.stream().anyMatch(words::contains);
    }

    /** The file that was refused, where the failure names it, and the reason, without a full stop. */
    public static String withFile(IOException cause) {
        return cause instanceof FileSystemException e && e.getFile() != null
                ? "'" + e.getFile() + "': " + of(cause)
                : of(cause);
    }
}
