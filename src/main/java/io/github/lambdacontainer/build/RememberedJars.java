package io.github.lambdacontainer.build;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.project.JarMemory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Remembers facts about jars by their digests.
 *
 * @param digests gives the digest of a jar that can be read, such as the one that its layer needs anyway
 * @param facts keeps the facts
 */
public record RememberedJars(Function<Path, Optional<Digest>> digests, FactCache facts) implements JarMemory {

    /** Counts up whenever something else is written of a jar. */
    private static final String KIND = "jar-classes-1";

    @Override
    public Optional<String> read(Path jar) {
        return digests.apply(jar).flatMap(digest -> facts.read(KIND, digest.hex()));
    }

    @Override
    public void write(Path jar, String text) {
        digests.apply(jar).ifPresent(digest -> facts.write(KIND, digest.hex(), text));
    }
}
