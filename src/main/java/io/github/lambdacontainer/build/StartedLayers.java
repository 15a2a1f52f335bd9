package io.github.lambdacontainer.build;

import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.layer.BuiltLayer;
import java.util.List;

/**
 * The layers of an image and how it starts.
 *
 * @param layers the layers on top of the base
 * @param config what the image's config says beyond the base's
 */
record StartedLayers(List<BuiltLayer> layers, ContainerConfig config) {}
