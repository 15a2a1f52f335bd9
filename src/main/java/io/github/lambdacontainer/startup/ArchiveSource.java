package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.cache.Stored;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Where an archive may be that another machine made of the same inputs. */
@FunctionalInterface
public interface ArchiveSource {

    /** Knows of no archive. */
    ArchiveSource NONE = (key, taker) -> Optional.empty();

    /**
     * What the taker made of the layer that holds the archive of this key, if it is there and can be read.
     *
     * @param taker is handed the layer, gzip-compressed and verified as it is read
     */
    Optional<Stored> find(String key, Taker taker);

    /** Takes the archive out of its layer. */
    @FunctionalInterface
    interface Taker {

        /**
         * Keeps the archive.
         *
         * @throws IOException if the layer cannot be read, or is not that of an archive; nothing is kept then
         */
        Stored take(InputStream layer) throws IOException;
    }
}
