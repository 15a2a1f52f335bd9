package io.github.lambdacontainer.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The base image: its manifest and config as they came, and what the other rooms read of them. */
public final class BaseImage {

    private final RawJson manifest;
    private final RawJson config;
    private final ImageFormat format;
    private final ImageConfig read;
    private final List<BaseLayer> layers;
    private final Set<Digest> stored;

    private BaseImage(
            RawJson manifest,
            RawJson config,
            ImageFormat format,
            ImageConfig read,
            List<BaseLayer> layers,
            Set<Digest> stored) {
        this.manifest = manifest;
        this.config = config;
        this.format = format;
        this.read = read;
        this.layers = List.copyOf(layers);
        this.stored = Set.copyOf(stored);
    }

    /**
     * Reads the two documents of an image.
     *
     * @param manifestMediaType the media type the manifest came with; what the manifest itself says goes before it
     * @param manifest the manifest
     * @param config the config it names
     * @throws io.github.lambdacontainer.problem.EnvironmentFailure if they are not what the specifications say
     */
    public static BaseImage parse(String manifestMediaType, RawJson manifest, RawJson config) {
        BaseManifest outer = BaseManifest.read(manifestMediaType, manifest);
        Descriptor named = outer.config();
        if (!named.digest().equals(config.digest()) || named.size() != config.size()) {
            throw JsonObject.malformed(
                    "The base image's manifest " + manifest.digest(),
                    "it names the config " + named.digest() + " (" + named.size() + " bytes), and the config is "
                            + config);
        }
        ImageConfig read = ImageConfig.read("The base image's config", config);
        if (outer.layers().size() != read.diffIds().size()) {
            throw JsonObject.malformed(
                    "The base image's manifest " + manifest.digest(),
                    "it has " + outer.layers().size() + " layers, and the config " + config.digest() + " has "
                            + read.diffIds().size() + " diff_ids");
        }
        return new BaseImage(
                manifest,
                config,
                outer.format(),
                read,
                pair(outer.layers(), read.diffIds()),
                outer.layers().stream().map(Descriptor::digest).collect(Collectors.toSet()));
    }

    /** The empty base of this architecture. */
    public static BaseImage scratch(Architecture architecture, ImageFormat format) {
        ObjectNode config =
                Json.object().put("architecture", architecture.ociName()).put("os", "linux");
        config.putObject("config");
        config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        config.putArray("history");
        RawJson rawConfig = Json.write(config);
        ObjectNode manifest = Json.object().put("schemaVersion", 2).put("mediaType", format.manifestType());
        manifest.putObject("config")
                .put("mediaType", format.configType())
                .put("digest", rawConfig.digest().toString())
                .put("size", rawConfig.size());
        manifest.putArray("layers");
        return parse(format.manifestType(), Json.write(manifest), rawConfig);
    }

    /** The same image with other blobs for the same layers, as after compressing them anew. */
    public BaseImage withLayerDescriptors(List<Descriptor> descriptors) {
        if (descriptors.size() != layers.size()) {
            throw new IllegalArgumentException(descriptors.size() + " descriptors for " + layers.size() + " layers");
        }
        return new BaseImage(manifest, config, format, read, pair(descriptors, read.diffIds()), stored);
    }

    private static List<BaseLayer> pair(List<Descriptor> descriptors, List<Digest> diffIds) {
        List<BaseLayer> layers = new ArrayList<>();
        for (int i = 0; i < descriptors.size(); i++) {
            layers.add(new BaseLayer(descriptors.get(i), diffIds.get(i)));
        }
        return layers;
    }

    /** The family of its manifest. */
    public ImageFormat format() {
        return format;
    }

    /** The manifest as it came; its digest is the digest of the image. */
    public RawJson manifest() {
        return manifest;
    }

    /** The config as it came. */
    public RawJson config() {
        return config;
    }

    /** Its layers, lowest first. */
    public List<BaseLayer> layers() {
        return layers;
    }

    /** Whether the manifest as it came names this blob as a layer, so that it is where the manifest is. */
    public boolean stores(Digest blob) {
        return stored.contains(blob);
    }

    /** The environment variables, in order. */
    public Map<String, String> environment() {
        return read.environment();
    }

    /** The ENTRYPOINT, or an empty list. */
    public List<String> entrypoint() {
        return read.entrypoint();
    }

    /** The WORKDIR, if there is one. */
    public Optional<String> workingDirectory() {
        return read.workingDirectory();
    }

    /** The USER, if there is one. */
    public Optional<String> user() {
        return read.user();
    }

    /** The architecture, if it is one that Lambda runs. */
    public Optional<Architecture> architecture() {
        return read.architecture().flatMap(Architecture::ofOciName);
    }

    /** The architecture as the config writes it, such as {@code s390x}. */
    public Optional<String> architectureName() {
        return read.architecture();
    }

    /** The variant of the architecture, such as {@code v8}. */
    public Optional<String> variant() {
        return read.variant();
    }

    /** The operating system, such as {@code linux}. */
    public Optional<String> operatingSystem() {
        return read.operatingSystem();
    }
}
