package io.github.lambdacontainer.cache;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the content of a blob whose digest is not known beforehand. */
@FunctionalInterface
public interface BlobWriter {

    /** Writes all of the content; does not close the stream. */
    void writeTo(OutputStream out) throws IOException;
}
