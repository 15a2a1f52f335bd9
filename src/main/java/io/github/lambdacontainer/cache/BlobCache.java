package io.github.lambdacontainer.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blobs by their digest, as files {@code blobs/sha256/<hex>} below a root.
 *
 * <p>A blob is verified while it is written and, unless it is as it was when it was verified last, before it is used.
 * Threads and processes may share a root. Whatever is found damaged is removed and counts as absent; so does a blob that
 * a machine lost with its power, and nothing waits for the disk.
 */
public final class BlobCache {

    /** Nobody but this class writes blobs, and each at once; the coarsest clock of a file system goes by two seconds. */
    private static final Duration UNTOUCHED = Duration.ofSeconds(3);

    private static final Growth NOBODY = (unfinished, size) -> {};

    private final Path root;
    private final CacheDirectory blobs;
    private final FileDigests files;
    private final Map<Digest, FileState> verified = new ConcurrentHashMap<>();

    /** A cache below this directory, which is created when something is first written. */
    public BlobCache(Path root) {
        this.root = root.toAbsolutePath();
        this.files = new FileDigests(new FactCache(this.root.resolve("facts")), UNTOUCHED, Instant::now);
        this.blobs = new CacheDirectory(this.root.resolve("blobs").resolve("sha256"));
        blobs.removeLeftOvers();
        scratch().removeLeftOvers();
    }

    /** The file with this digest and size, if the cache has it undamaged. */
    public Optional<Path> find(Digest digest, long size) {
        Path path = blobs.entry(digest.hex());
        if (isAbsent(path)) {
            return Optional.empty();
        }
        try {
            if (Files.isRegularFile(path, NOFOLLOW_LINKS) && Files.size(path) == size) {
                return find(digest);
            }
        } catch (IOException e) {
            // Unreadable is as good as damaged.
            discard(path);
            return Optional.empty();
        }
        discard(path);
        return Optional.empty();
    }

    /** The file with this digest, if the cache has it undamaged. */
    public Optional<Path> find(Digest digest) {
        Path path = blobs.entry(digest.hex());
        if (isAbsent(path)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path, NOFOLLOW_LINKS)) {
            discard(path);
            return Optional.empty();
        }
        Optional<FileState> state = FileState.of(path, NOFOLLOW_LINKS);
        if (isVerified(digest, path) || hasDigest(path, digest)) {
            state.ifPresent(now -> verified.put(digest, now));
            return Optional.of(path);
        }
        discard(path);
        return Optional.empty();
    }

    /** Nothing to discard then: what appears there next was just stored. */
    private static boolean isAbsent(Path path) {
        return Files.notExists(path, NOFOLLOW_LINKS);
    }

    /** Whether this is the file of this digest, verified by this instance and untouched since. */
    public boolean isVerified(Digest digest, Path file) {
        FileState known = verified.get(digest);
        return known != null
                && file.equals(blobs.entry(digest.hex()))
                && FileState.of(file, NOFOLLOW_LINKS).equals(Optional.of(known));
    }

    /**
     * Writes what the stream gives, and gives back the file. Reads no further than one byte beyond the size.
     *
     * @throws BlobMismatchException if the content has another digest or size; nothing is kept then
     * @throws IOException if the stream fails; nothing is kept then
     * @throws io.github.lambdacontainer.problem.EnvironmentFailure if the cache cannot be written
     */
    public Path store(Digest digest, long size, InputStream in) throws IOException {
        return store(digest, size, in, NOBODY);
    }

    /** As {@link #store(Digest, long, InputStream)}, for somebody who reads it meanwhile. */
    public Path store(Digest digest, long size, InputStream in, Growth growth) throws IOException {
        ExpectedContent content = new ExpectedContent(digest, size, in);
        return write(digest.hex(), content::copyTo, content::check, growth).path();
    }

    /**
     * Writes a blob whose digest is not known yet.
     *
     * @throws io.github.lambdacontainer.problem.EnvironmentFailure if the cache cannot be written
     * @throws IOException if the writer fails on its own account
     */
    public Stored storeNew(BlobWriter writer) throws IOException {
        return write("new", writer, written -> {}, NOBODY);
    }

    /** A fresh directory for scratch files on the cache's file system; whoever asks for it removes it. */
    public Path newTemporaryDirectory(String prefix) {
        return scratch().newDirectory(prefix);
    }

    private Stored write(String hint, BlobWriter writer, Check check, Growth growth) throws IOException {
        Path unfinished = unfinished(hint);
        try {
            Stored written = writeUnfinished(unfinished, writer, growth);
            check.check(written);
            return publish(written);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Path unfinished(String hint) {
        try {
            return blobs.unfinished(hint);
        } catch (IOException e) {
            throw CacheDirectory.unwritable(blobs.entry(hint), e);
        }
    }

    private static Stored writeUnfinished(Path unfinished, BlobWriter writer, Growth growth) throws IOException {
        try (FileChannel channel = openNew(unfinished)) {
            OutputStream file = new GrowingFile(unfinished, Channels.newOutputStream(channel), growth);
            // Messages name the directory: the unfinished file is nobody's to look for.
            BlobOutput out = new BlobOutput(unfinished.resolveSibling(""), file);
            writer.writeTo(out);
            out.flush();
            return new Stored(out.digest(), out.size(), unfinished);
        }
    }

    private static FileChannel openNew(Path path) {
        try {
            return FileChannel.open(path, CREATE_NEW, WRITE);
        } catch (IOException e) {
            throw CacheDirectory.unwritable(path, e);
        }
    }

    private Stored publish(Stored written) {
        Path entry = blobs.entry(written.digest().hex());
        try {
            blobs.publish(written.path(), entry);
        } catch (IOException e) {
            throw CacheDirectory.unwritable(entry, e);
        }
        FileState.of(entry, NOFOLLOW_LINKS).ifPresent(state -> verified.put(written.digest(), state));
        return new Stored(written.digest(), written.size(), entry);
    }

    private CacheDirectory scratch() {
        return new CacheDirectory(root.resolve("tmp"));
    }

    private boolean hasDigest(Path path, Digest digest) {
        try {
            return files.of(path, NOFOLLOW_LINKS).equals(digest);
        } catch (IOException e) {
            return false;
        }
    }

    private void discard(Path path) {
        try {
            if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
                Trees.delete(path);
            } else {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // A later store says so if it matters.
            return;
        }
    }

    @FunctionalInterface
    private interface Check {
        void check(Stored written) throws BlobMismatchException;
    }
}
