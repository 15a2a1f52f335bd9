package io.github.lambdacontainer.base;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** The files that make up a stored image, in a directory or in an archive, by their path with slashes. */
interface ImageFiles extends Closeable {

    /** The size of a file in bytes, or empty if there is no such file. */
    OptionalLong size(String path);

    /** The content of a file that is there. */
    InputStream open(String path) throws IOException;

    /** The file itself, if others can read it where it is. */
    Optional<Path> local(String path);
}
