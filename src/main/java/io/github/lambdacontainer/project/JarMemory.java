package io.github.lambdacontainer.project;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Remembers what takes long to find out about a jar, by the jar's content; may be asked from several threads at once.
 * A help, never a need: what is not remembered is found out again.
 */
public interface JarMemory {

    /** Remembers nothing. */
    JarMemory NONE = new JarMemory() {
        @Override
        public Optional<String> read(Path jar) {
            return Optional.empty();
        }

        @Override
        public void write(Path jar, String text) {}
    };

    /** What was written for a jar with the same content, in this build or an earlier one. */
    Optional<String> read(Path jar);

    /** Remembers a text for this jar's content. */
    void write(Path jar, String text);
}
