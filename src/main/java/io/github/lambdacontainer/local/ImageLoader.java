package io.github.lambdacontainer.local;

import java.nio.file.Path;

/** Brings an image into a container engine. */
@FunctionalInterface
public interface ImageLoader {

    /**
     * Writes an archive and has it loaded.
     *
     * @param archive the file to write
     * @param name the name that the image is to have in the engine
     */
    void load(Path archive, String name);
}
