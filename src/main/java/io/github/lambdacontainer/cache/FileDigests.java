package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The digests of files on this machine, remembered for as long as nobody touches the file and the machine runs.
 *
 * <p>What tells is the file's change time, which no program can set, beside its size, its modification time and its
 * place on the disk. Where the file system has no such time, every file is read each time. So is one that was touched
 * just now, for it may be touched once more within the same tick of the file system's clock; and after a start of the
 * machine each file is read once, for with its power it may have lost what was not on the disk yet.
 */
public final class FileDigests {

    private static final String KIND = "file-digest-1";

    /** Reading less takes no longer than looking for what is remembered. */
    private static final long SMALL = 64 * 1024;

    /** The coarsest clock of a file system in use (FAT) goes in steps of two seconds. */
    private static final Duration FRESH = Duration.ofSeconds(3);

    /** Another one after each start of Linux, see random(4). */
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final FactCache facts;
    private final Supplier<Instant> clock;

    /** Digests that are remembered here. */
    public FileDigests(FactCache facts) {
        this(facts, Instant::now);
    }

    FileDigests(FactCache facts, Supplier<Instant> clock) {
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * The digest of a file's content.
     *
     * @param options whether a link is followed
     * @throws IOException if it cannot be read
     */
    public Digest of(Path file, LinkOption... options) throws IOException {
        Instant now = clock.get();
        Optional<FileState> state =
                FileState.of(file, options).filter(found -> found.size() >= SMALL && found.tellsChanges());
        Optional<Digest> known = state.flatMap(found -> recall(file, found));
        if (known.isPresent()) {
            return known.get();
        }
        Digest digest;
        try (InputStream in = Files.newInputStream(file, options)) {
            digest = Digest.of(in);
        }
        state.filter(found -> found.isBefore(now.minus(FRESH)))
                .filter(found -> Optional.of(found).equals(FileState.of(file, options)))
                .ifPresent(found -> facts.write(KIND, key(file), text(found) + "\n" + digest));
        return digest;
    }

    private Optional<Digest> recall(Path file, FileState state) {
        String[] lines = facts.read(KIND, key(file)).orElse("").split("\n", -1);
        try {
            return lines.length == 2 && lines[0].equals(text(state))
                    ? Optional.of(Digest.parse(lines[1]))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String key(Path file) {
        return Digest.of(file.toAbsolutePath().normalize().toString().getBytes(StandardCharsets.UTF_8))
                .hex();
    }

    private static String text(FileState state) {
        return state.text() + " " + boot();
    }

    private static String boot() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
