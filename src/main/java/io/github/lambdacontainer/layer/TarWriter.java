package io.github.lambdacontainer.layer;

import java.io.IOException;
import java.io.OutputStream;

/** Writes a tar. */
@FunctionalInterface
interface TarWriter {

    /** Writes all of it, and may close the stream. */
    void writeTo(OutputStream out) throws IOException;
}
