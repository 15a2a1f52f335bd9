package io.github.lambdacontainer.image;

import java.util.List;

/**
 * A finished image: the documents that go into a registry or an archive, and the layers they name.
 *
 * @param format the family of its documents
 * @param manifest its manifest
 * @param config its config
 * @param layers its layers, lowest first
 */
public record Image(ImageFormat format, RawJson manifest, RawJson config, List<ImageLayer> layers) {

    /** Keeps a copy of the list. */
    public Image {
        layers = List.copyOf(layers);
    }

    /** The digest of the image, by which a function refers to it: that of its manifest. */
    public Digest digest() {
        return manifest.digest();
    }

    /** The image ID: the digest of its config. */
    public Digest imageId() {
        return config.digest();
    }

    /** What names the manifest. */
    public Descriptor manifestDescriptor() {
        return new Descriptor(format.manifestType(), manifest.digest(), manifest.size());
    }

    /** What names the config. */
    public Descriptor configDescriptor() {
        return new Descriptor(format.configType(), config.digest(), config.size());
    }

    /** The sum of the sizes of its layers as they are stored, in bytes. */
    public long compressedSize() {
        return layers.stream().mapToLong(layer -> layer.descriptor().size()).sum();
    }

    /** The ENTRYPOINT that its config holds. */
    public List<String> entrypoint() {
        return read().entrypoint();
    }

    /** The CMD that its config holds. */
    public List<String> cmd() {
        return read().cmd();
    }

    private ImageConfig read() {
        return ImageConfig.read("The image's config", config);
    }
}
