package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import java.nio.file.Path;
import java.util.Map;

/** Layer files by digest. */
record LayerMap(Map<Digest, Path> files) implements LayerFiles {

    LayerMap {
        files = Map.copyOf(files);
    }

    @Override
    public Path file(Descriptor layer) {
        Path file = files.get(layer.digest());
        if (file == null) {
            throw new IllegalArgumentException(layer.digest() + " is not a layer of this base image");
        }
        return file;
    }
}
