package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Digests of files. They can be remembered for as long as nobody writes to a file, touches it or puts another in its
 * place, as its size, times and number on the disk tell. That is enough to run what is on this machine, and too little for
 * what is packed into an image: a clock can be set back.
 */
public final class FileDigests {

    private static final String KIND = "file-digest-1";

    /** A file that was written to more recently could be written to again with the times that it has. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final Optional<FactCache> facts;

    private FileDigests(Optional<FactCache> facts) {
        this.facts = facts;
    }

    /** Reads every file whenever it is asked for. */
    public static FileDigests read() {
        return new FileDigests(Optional.empty());
    }

    /** Remembers here the digests of files that have not been written to for some seconds. */
    public static FileDigests remembered(FactCache facts) {
        return new FileDigests(Optional.of(facts));
    }

    /**
     * The digest of a file.
     *
     * @throws IOException if it has to be read and cannot be
     */
    public Digest of(Path file) throws IOException {
        if (facts.isEmpty()) {
            return digest(file);
        }
        Optional<State> state = State.of(file);
        Optional<Digest> known =
                state.flatMap(before -> facts.get().read(KIND, before.key())).flatMap(FileDigests::parse);
        if (known.isPresent()) {
            return known.get();
        }
        Digest digest = digest(file);
        state.filter(State::isSettled)
                .filter(before -> State.of(file).equals(state))
                .ifPresent(before -> facts.get().write(KIND, before.key(), digest.toString()));
        return digest;
    }

    /** The digest of a file; nothing if it cannot be read. */
    public Optional<Digest> find(Path file) {
        try {
            return Optional.of(of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<Digest> parse(String text) {
        return text.matches("sha256:[0-9a-f]{64}") ? Optional.of(Digest.parse(text)) : Optional.empty();
    }

    private static Digest digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.of(in);
        }
    }

    /** What the system tells of a file; no two contents have the same. */
    private record State(String text, List<Instant> times) {

        /** Nothing where the file system does not tell enough, as that of Windows. */
        static Optional<State> of(Path file) {
            try {
                Map<String, Object> found =
                        new TreeMap<>(Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,ino,dev"));
                List<Instant> times = found.values().stream()
                        .filter(FileTime.class::isInstance)
                        .map(time -> ((FileTime) time).toInstant())
                        .toList();
                return times.size() == 2
                        ? Optional.of(new State(file.toAbsolutePath() + "\n" + found, times))
                        : Optional.empty();
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        boolean isSettled() {
            Instant limit = Instant.now().minus(SETTLED);
            return times.stream().allMatch(time -> time.isBefore(limit));
        }

        String key() {
            return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
        }
    }
}
