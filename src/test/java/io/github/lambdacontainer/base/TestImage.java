package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An image that a test composes: layers, config and manifest, in memory. */
public final class TestImage {

    /** A layer: its blob as the manifest names it, and the tar that the config names. */
    public record LayerBlob(String mediaType, byte[] blob, byte[] tar) {
        public Descriptor descriptor() {
            return new Descriptor(mediaType, Digest.of(blob), blob.length);
        }
    }

    private final ImageFormat format;
    private final ObjectNode config = JsonNodeFactory.instance.objectNode();
    private final List<LayerBlob> layers = new ArrayList<>();
    private final List<String> diffIds = new ArrayList<>();

    public TestImage(ImageFormat format) {
        this.format = format;
        config.put("architecture", "amd64").put("os", "linux").putObject("config");
    }

    public TestImage platform(String os, String architecture, String variant) {
        config.put("os", os).put("architecture", architecture);
        if (!variant.isEmpty()) {
            config.put("variant", variant);
        }
        return this;
    }

    public TestImage environment(String... variables) {
        ArrayNode env = config.withObject("/config").withArray("/Env");
        for (String variable : variables) {
            env.add(variable);
        }
        return this;
    }

    public TestImage entrypoint(String... words) {
        ArrayNode entrypoint = config.withObject("/config").putArray("Entrypoint");
        for (String word : words) {
            entrypoint.add(word);
        }
        return this;
    }

    public TestImage workingDirectory(String path) {
        config.withObject("/config").put("WorkingDir", path);
        return this;
    }

    /** Adds the command of a step that made no layer. */
    public TestImage history(String createdBy) {
        config.withArray("/history").addObject().put("created_by", createdBy).put("empty_layer", true);
        return this;
    }

    public TestImage volume(String path) {
        config.withObject("/config").withObject("/Volumes").putObject(path);
        return this;
    }

    /** Adds a gzip layer. */
    public TestImage layer(TarBuilder tar) {
        byte[] bytes = tar.build();
        return layer(format.layerType(), TarBuilder.gzip(bytes), bytes);
    }

    /** Adds a layer as it is. */
    public TestImage layer(String mediaType, byte[] blob, byte[] tar) {
        layers.add(new LayerBlob(mediaType, blob, tar));
        diffIds.add(Digest.of(tar).toString());
        return this;
    }

    /** Makes the config lie about a layer. */
    public TestImage diffId(int layer, Digest diffId) {
        diffIds.set(layer, diffId.toString());
        return this;
    }

    public ImageFormat format() {
        return format;
    }

    public List<LayerBlob> layers() {
        return List.copyOf(layers);
    }

    public byte[] config() {
        ObjectNode complete = config.deepCopy();
        ArrayNode ids = complete.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        diffIds.forEach(ids::add);
        return bytes(complete);
    }

    public byte[] manifest() {
        ObjectNode manifest =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", format.manifestType());
        manifest.set("config", json(new Descriptor(format.configType(), Digest.of(config()), config().length)));
        ArrayNode list = manifest.putArray("layers");
        layers.forEach(layer -> list.add(json(layer.descriptor())));
        return bytes(manifest);
    }

    public Descriptor descriptor() {
        return new Descriptor(format.manifestType(), Digest.of(manifest()), manifest().length);
    }

    /** A docker archive as Docker wrote it before version 25: uncompressed layers, the config under its digest. */
    public Path writeDockerArchive(Path file) throws IOException {
        return Files.write(file, dockerArchive("test:1", false).build());
    }

    /** The members of a docker archive; layers are named by number. */
    public TarBuilder dockerArchive(String tag, boolean compressed) {
        String configName = Digest.of(config()).hex() + ".json";
        ArrayNode manifest = JsonNodeFactory.instance.arrayNode();
        ObjectNode image = manifest.addObject().put("Config", configName);
        image.putArray("RepoTags").add(tag);
        ArrayNode names = image.putArray("Layers");
        TarBuilder archive = new TarBuilder().file(configName, 0644, config());
        for (int i = 0; i < layers.size(); i++) {
            archive.file(
                    "layer" + i + "/layer.tar",
                    0644,
                    compressed ? layers.get(i).blob() : layers.get(i).tar());
            names.add("layer" + i + "/layer.tar");
        }
        return archive.file("manifest.json", 0644, bytes(manifest));
    }

    static ObjectNode json(Descriptor descriptor) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("mediaType", descriptor.mediaType())
                .put("digest", descriptor.digest().toString())
                .put("size", descriptor.size());
    }

    static byte[] bytes(com.fasterxml.jackson.databind.JsonNode node) {
        return node.toString().getBytes(StandardCharsets.UTF_8);
    }
}
