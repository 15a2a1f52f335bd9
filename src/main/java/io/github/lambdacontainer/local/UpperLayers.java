package io.github.lambdacontainer.local;

import io.github.lambdacontainer.base.LayerUnpacker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * The layers of an image on top of its base, ready to be laid out.
 *
 * @param laidOut directories that hold some of them already, topmost first
 * @param others writes the rest
 * @param all writes all of them
 */
record UpperLayers(List<Path> laidOut, Writer others, Writer all) {

    /** Writes files below a directory. */
    interface Writer {
        void write(Path root) throws IOException;
    }

    /** Those of an image that is not packed; what of them is in the cache is laid out there. */
    static UpperLayers planned(LocalImage image, LaidOutLayers cache) throws IOException {
        Instant time = image.filesModificationTime();
        LaidOutLayers.Split split = cache.split(image.layers());
        return new UpperLayers(
                split.directories(),
                root -> new LaidOutFiles(root).write(split.others(), time),
                root -> new LaidOutFiles(root).write(image.layers(), time));
    }

    /**
     * Those of an image that is packed.
     *
     * @param layers the gzip layers, lowest first
     */
    static UpperLayers packed(List<Path> layers) {
        Writer unpacked = root -> {
            LayerUnpacker unpacker = new LayerUnpacker(root);
            for (Path layer : layers) {
                unpacker.unpack(layer);
            }
        };
        return new UpperLayers(List.of(), unpacked, unpacked);
    }
}
