package io.github.lambdacontainer.report;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageLayer;

/**
 * A layer as it is reported.
 *
 * @param name what it holds; {@code base} for a layer of the base
 * @param digest the digest of its blob
 * @param size the size of its blob in bytes
 * @param uncompressedSize the size of its tar in bytes
 * @param reused whether an earlier build had made it; not said of a layer of the base
 */
public record ReportedLayer(String name, Digest digest, long size, long uncompressedSize, boolean reused) {

    /** The layer of an image, with what the image does not know of it. */
    public static ReportedLayer of(ImageLayer layer, long uncompressedSize, boolean reused) {
        return new ReportedLayer(
                layer.name(), layer.descriptor().digest(), layer.descriptor().size(), uncompressedSize, reused);
    }
}
