package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.cache.CacheDirectory;
import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.problem.DiskReason;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** What jdeps reads in place of the entries of a class path that it would stumble over; gone once closed. */
final class PlainCopies implements AutoCloseable {

    private final Path scratch;
    private @Nullable Path directory;
    private int copies;

    /** Copies in a directory of their own below this one, made when the first is needed. */
    PlainCopies(Path scratch) {
        this.scratch = scratch;
    }

    /** What to hand to jdeps for an entry; empty if it is broken. */
    Optional<Path> plain(ClassPathEntry entry) throws IOException {
        try {
            return Optional.of(PlainJar.isModular(entry) ? copy(entry) : entry.path());
        } catch (ZipException e) {
            return Optional.empty();
        }
    }

    private Path copy(ClassPathEntry entry) throws IOException {
        Path target = directory().resolve(Integer.toString(copies++)).resolve("plain.jar");
        try {
            Files.createDirectory(target.getParent());
            PlainJar.copy(entry, target);
            return target;
        } catch (IOException e) {
            if (isOfTheCopy(e)) {
                String what = "The copy of '" + entry.path() + "' for jdeps";
                throw CacheProblems.unwritable(what, PlainJar.size(entry), scratch, e);
            }
            throw e;
        }
    }

    /** Whether the disk of the copy failed, not that of the entry. */
    private boolean isOfTheCopy(IOException e) {
        String file = e instanceof FileSystemException named ? named.getFile() : null;
        return DiskReason.isFull(e.getMessage())
                || (file != null && file.startsWith(directory().toString()));
    }

    private Path directory() {
        if (directory == null) {
            directory = new CacheDirectory(scratch).newDirectory("jdeps");
        }
        return directory;
    }

    @Override
    public void close() throws IOException {
        if (directory != null) {
            Trees.delete(directory);
        }
    }
}
