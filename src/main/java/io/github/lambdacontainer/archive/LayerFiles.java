package io.github.lambdacontainer.archive;

import io.github.lambdacontainer.image.Descriptor;
import java.nio.file.Path;

/** Where the blobs of an image's layers are on this machine. */
@FunctionalInterface
public interface LayerFiles {

    /** The file with the bytes of this layer. */
    Path file(Descriptor layer);
}
