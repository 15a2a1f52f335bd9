package io.github.lambdacontainer.cache;

import java.nio.file.Path;

/** Hears how far a blob is written, for those who read it before it is whole. */
@FunctionalInterface
public interface Growth {

    /**
     * So much of the blob can be read.
     *
     * @param unfinished the file until the blob is whole and verified; it goes then, or gets another name
     * @param size its bytes so far
     */
    void reached(Path unfinished, long size);
}
