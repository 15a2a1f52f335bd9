package io.github.lambdacontainer.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** A directory of the cache: files appear in it whole or not at all. */
public final class CacheDirectory {

    /** What the name of an unfinished file or of a scratch directory begins with. */
    static final String UNFINISHED = ".unfinished-";

    private static final Duration LEFT_OVER_AFTER = Duration.ofDays(1);

    private final Path directory;

    /** This directory, which is created when something is first written. */
    public CacheDirectory(Path directory) {
        this.directory = directory;
    }

    Path entry(String name) {
        return directory.resolve(name);
    }

    /** A path beside the entries that nobody else uses; nothing is there yet. */
    public Path unfinished(String hint) throws IOException {
        Files.createDirectories(directory);
        return directory.resolve(UNFINISHED + hint + "-" + UUID.randomUUID());
    }

    /** A fresh directory beside the entries; whoever asks for it removes it, or a build a day later does. */
    public Path newDirectory(String hint) {
        try {
            return Files.createDirectory(unfinished(hint));
        } catch (IOException e) {
            throw unwritable(directory, e);
        }
    }

    /** Gives a finished file its name; whoever comes second with the same name wins or loses without harm. */
    void publish(Path unfinished, Path entry) throws IOException {
        try {
            Files.move(unfinished, entry, ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Windows refuses to replace a file that somebody reads.
            if (!Files.isRegularFile(entry, NOFOLLOW_LINKS)) {
                throw e;
            }
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Makes a directory beside its final name and gives it that; whoever comes second finds the same files there.
     *
     * @param maker fills the directory, which is there and empty
     * @param isWhole whether what has the name already, or has it by another build, is as good
     */
    public void make(Path entry, Maker maker, WholeCheck isWhole) throws IOException {
        Path unfinished = Files.createDirectory(unfinished("directory"));
        try {
            maker.make(unfinished);
            publish(unfinished, entry, isWhole);
        } finally {
            Trees.delete(unfinished);
        }
    }

    private void publish(Path unfinished, Path entry, WholeCheck isWhole) throws IOException {
        if (Files.exists(entry, NOFOLLOW_LINKS) && !isWhole.test(entry)) {
            remove(entry);
        }
        try {
            Files.move(unfinished, entry, ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another build was first.
            if (!isWhole.test(entry)) {
                throw e;
            }
        }
    }

    /** Removes a directory, under another name first, so that nobody finds a half of it. */
    public void remove(Path entry) throws IOException {
        Path away = unfinished("removed");
        try {
            Files.move(entry, away, ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another build removed it in the meantime, or made it anew.
            return;
        }
        Trees.delete(away);
    }

    /** Fills a directory. */
    @FunctionalInterface
    public interface Maker {
        /** Writes files into this directory. */
        void make(Path directory) throws IOException;
    }

    /** Says of a directory whether all of it is there. */
    @FunctionalInterface
    public interface WholeCheck {
        /** Whether all of this directory is there. */
        boolean test(Path directory) throws IOException;
    }

    /** Removes what builds that were killed more than a day ago left behind. */
    public void removeLeftOvers() {
        Instant limit = Instant.now().minus(LEFT_OVER_AFTER);
        all().filter(path -> name(path).startsWith(UNFINISHED)).forEach(path -> removeIfOlder(path, limit));
    }

    /** Removes the entries that were last written before then. */
    void removeOlder(Instant limit) {
        all().filter(path -> !name(path).startsWith(UNFINISHED)).forEach(path -> removeIfOlder(path, limit));
    }

    private static void removeIfOlder(Path path, Instant limit) {
        try {
            if (Files.getLastModifiedTime(path, NOFOLLOW_LINKS).toInstant().isBefore(limit)) {
                Trees.delete(path);
            }
        } catch (IOException e) {
            // Another build removes the same one.
            return;
        }
    }

    private Stream<Path> all() {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.toList().stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty();
        }
    }

    private static String name(Path path) {
        return Objects.toString(path.getFileName(), "");
    }

    static EnvironmentFailure unwritable(Path path, IOException cause) {
        return new EnvironmentFailure(
                Problem.of(
                        "The cache could not be written at '" + path + "': " + DiskReason.of(cause) + ".",
                        "cacheDirectory",
                        "Free some space there, make the directory writable, or name another one."),
                cause);
    }
}
