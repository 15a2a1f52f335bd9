package io.github.lambdacontainer.image;

import java.util.Optional;

/**
 * A layer of a finished image.
 *
 * @param descriptor what names its blob, with the media type the manifest gives it
 * @param diffId the digest of its uncompressed tar
 * @param added the layer that was put on top, or empty for a layer of the base
 */
public record ImageLayer(Descriptor descriptor, Digest diffId, Optional<Layer> added) {

    /** What it holds, as people read it: {@code base} for a layer of the base. */
    public String name() {
        return added.map(Layer::name).orElse("base");
    }
}
