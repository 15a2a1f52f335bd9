package io.github.lambdacontainer.cache;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Small texts that were found out once, as files {@code <root>/<kind>/<key>}.
 *
 * <p>A help, never a need: what cannot be written or read is found out again.
 *
 * <p>What somebody else says, and nobody here has checked, is kept apart, for those alone who trust them: see
 * {@link #within}.
 */
public final class FactCache {

    private static final long MAX_SIZE = 4 << 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,150}");

    /** The directory of the scopes, where no kind is. */
    private static final String SCOPES = "within";

    private final Path root;
    private final Optional<FactCache> scoped;
    private final Set<String> tidied;
    private final Set<String> forgotten = ConcurrentHashMap.newKeySet();

    /** A cache below this directory, which is created when something is first written. */
    public FactCache(Path root) {
        this(root.toAbsolutePath(), Optional.empty(), ConcurrentHashMap.newKeySet());
    }

    private FactCache(Path root, Optional<FactCache> scoped, Set<String> tidied) {
        this.root = root;
        this.scoped = scoped;
        this.tidied = tidied;
    }

    /**
     * This cache as it is seen within a scope: what is in it comes first, then what is in the scope alone. What is
     * written into the view is found everywhere.
     *
     * @param scope any text that names it, such as a repository
     */
    public FactCache within(String scope) {
        String name = Digest.of(scope.getBytes(StandardCharsets.UTF_8)).hex();
        return new FactCache(
                root, Optional.of(new FactCache(root.resolve(SCOPES).resolve(name))), tidied);
    }

    /** The scope of this view alone: what is written into it is found nowhere else. Empty outside of every scope. */
    public Optional<FactCache> scoped() {
        return scoped;
    }

    /** The text of this kind and key, if it was written before; both are plain file names. */
    public Optional<String> read(String kind, String key) {
        return readHere(kind, key).or(() -> scoped.flatMap(scope -> scope.read(kind, key)));
    }

    private Optional<String> readHere(String kind, String key) {
        Path path = directory(kind).entry(checked(key));
        try {
            if (!Files.isRegularFile(path, NOFOLLOW_LINKS) || Files.size(path) > MAX_SIZE) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Remembers a text, in place of an earlier one, if the cache can be written. */
    public void write(String kind, String key, String text) {
        CacheDirectory directory = directory(kind);
        Path entry = directory.entry(checked(key));
        if (tidied.add(kind)) {
            directory.removeLeftOvers();
        }
        try {
            Path unfinished = directory.unfinished(key);
            try {
                Files.writeString(unfinished, text, StandardCharsets.UTF_8);
                directory.publish(unfinished, entry);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            // It is found out again next time.
            return;
        }
    }

    /** Removes what was written of this kind before then, the first time that it is asked for. */
    void forget(String kind, Instant before) {
        if (forgotten.add(kind)) {
            directory(kind).removeOlder(before);
        }
    }

    private CacheDirectory directory(String kind) {
        return new CacheDirectory(root.resolve(checked(kind)));
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a plain file name");
        }
        return name;
    }
}
