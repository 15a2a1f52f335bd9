package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.image.Layer;
import java.nio.file.Path;

/**
 * A layer that is there.
 *
 * @param layer what names it
 * @param blob the gzip-compressed tar, a file of the cache
 * @param reused whether an earlier build had made it
 */
public record BuiltLayer(Layer layer, Path blob, boolean reused) {}
