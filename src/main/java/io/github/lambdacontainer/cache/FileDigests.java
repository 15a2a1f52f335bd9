package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The digests of files on this machine, remembered from build to build for as long as nobody touches the file and the
 * machine runs.
 *
 * <p>What tells is the file's change time, which programs cannot set on the file systems that builds use, beside its
 * size, its modification time and its place on the disk. A file that was touched not long ago is read again, for it may
 * be touched once more and not show it; and after a start of the machine each file is read once, for with its power it
 * may have lost what was not on the disk yet. Where a system tells neither change times nor its starts, which is
 * everywhere but on Linux, nothing is remembered for another build.
 */
public final class FileDigests {

    /**
     * How old a change has to be at least: Linux does not note a store into a page of a mapped file that waits to be
     * written to the disk, which takes it half a minute (proc_sys_vm(5), {@code dirty_expire_centisecs}).
     */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private static final String KIND = "file-digest";

    /** Reading less takes no longer than looking for what is remembered. */
    private static final long SMALL = 64 * 1024;

    private static final Duration KEPT = Duration.ofDays(30);

    /** Another one after each start of Linux, see random(4). */
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final FactCache facts;
    private final Duration settled;
    private final Supplier<Instant> clock;
    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    /** Digests that are remembered here. */
    public FileDigests(FactCache facts) {
        this(facts, SETTLED, Instant::now);
    }

    /** Digests of files to which nobody has written for at least this long. */
    FileDigests(FactCache facts, Duration settled, Supplier<Instant> clock) {
        this.facts = facts;
        this.settled = settled;
        this.clock = clock;
    }

    /**
     * The digest of a file's content.
     *
     * @param options whether a link is followed
     * @throws IOException if it cannot be read
     */
    public Digest of(Path file, LinkOption... options) throws IOException {
        try {
            return known.compute(file, (path, before) -> read(path, before, options))
                    .digest();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Known read(Path file, @Nullable Known before, LinkOption... options) {
        // Opened first, for a file system of another machine makes sure of a file's state then.
        try (InputStream in = Files.newInputStream(file, options)) {
            Instant now = clock.get();
            Optional<FileState> state = FileState.of(file, options);
            if (before != null && state.isPresent() && before.state().equals(state)) {
                return before;
            }
            Optional<String> mark = state.filter(found -> found.size() >= SMALL).flatMap(FileDigests::mark);
            Optional<Digest> remembered = mark.flatMap(text -> recall(file, text));
            if (remembered.isPresent()) {
                return new Known(state, remembered.get());
            }
            Digest digest = Digest.of(in);
            if (mark.isPresent()
                    && state.get().isBefore(now.minus(settled))
                    && state.equals(FileState.of(file, options))) {
                remember(file, mark.get(), digest);
            }
            return new Known(state, digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Digest> recall(Path file, String mark) {
        String[] lines = facts.read(KIND, key(file)).orElse("").split("\n", -1);
        try {
            return lines.length == 2 && lines[0].equals(mark) ? Optional.of(Digest.parse(lines[1])) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void remember(Path file, String mark, Digest digest) {
        facts.forget(KIND, clock.get().minus(KEPT));
        facts.write(KIND, key(file), mark + "\n" + digest);
    }

    private static String key(Path file) {
        return Digest.of(file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private static Optional<String> mark(FileState state) {
        try {
            String boot = Files.readString(BOOT).strip();
            return Optional.of(state.text() + " " + boot).filter(mark -> state.tellsChanges());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What this build has found out; {@code state} is nothing where the system told nothing. */
    private record Known(Optional<FileState> state, Digest digest) {}
}
