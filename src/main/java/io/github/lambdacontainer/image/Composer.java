package io.github.lambdacontainer.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts layers and settings on top of a base image. The base's documents are edited as trees, so that what this plugin
 * does not know of is kept.
 */
public final class Composer {

    private Composer() {}

    /**
     * The image of this base with these layers and settings.
     *
     * @param base the base
     * @param layers the new layers, lowest first
     * @param config what the config says beyond the base's
     * @param format the family of its documents, or empty to keep the base's
     * @throws io.github.lambdacontainer.problem.UserFailure if the family cannot hold a layer of the base
     */
    public static Image compose(
            BaseImage base, List<Layer> layers, ContainerConfig config, Optional<ImageFormat> format) {
        ImageFormat family = format.orElse(base.format());
        RawJson newConfig = ConfigEditor.edit(base, layers, config);
        List<ImageLayer> all = layers(base, layers, family);
        return new Image(family, ManifestEditor.edit(base, all, family, newConfig), newConfig, all);
    }

    private static List<ImageLayer> layers(BaseImage base, List<Layer> layers, ImageFormat family) {
        List<ImageLayer> all = new ArrayList<>();
        for (BaseLayer layer : base.layers()) {
            Descriptor descriptor = layer.descriptor();
            String type = family == base.format()
                    ? descriptor.mediaType()
                    : LayerTypes.inFamily(family, descriptor.mediaType(), all.size());
            Descriptor typed = new Descriptor(type, descriptor.digest(), descriptor.size());
            all.add(new ImageLayer(typed, layer.diffId(), Optional.empty()));
        }
        for (Layer layer : layers) {
            Descriptor descriptor = new Descriptor(family.layerType(), layer.digest(), layer.size());
            all.add(new ImageLayer(descriptor, layer.diffId(), Optional.of(layer)));
        }
        return all;
    }
}
