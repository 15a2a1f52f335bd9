package io.github.lambdacontainer.build;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.layer.LayerBuilder;
import io.github.lambdacontainer.project.JarMemory;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Remembers facts about jars by the digests that their layers need anyway.
 *
 * @param layers reads each jar once
 * @param facts keeps the facts
 */
public record RememberedJars(LayerBuilder layers, FactCache facts) implements JarMemory {

    /** Counts up whenever something else is written of a jar. */
    private static final String KIND = "jar-classes-1";

    @Override
    public Optional<String> read(Path jar) {
        return layers.digest(jar).flatMap(digest -> facts.read(KIND, digest.hex()));
    }

    @Override
    public void write(Path jar, String text) {
        layers.digest(jar).ifPresent(digest -> facts.write(KIND, digest.hex(), text));
    }
}
