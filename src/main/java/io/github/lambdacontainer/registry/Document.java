package io.github.lambdacontainer.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A manifest, an index or a config.
 *
 * @param raw its bytes
 * @param json what they say
 */
record Document(RawJson raw, JsonNode json) {

    static Document parse(byte[] bytes) throws MalformedException {
        return new Document(new RawJson(bytes), Json.object(bytes));
    }

    /** The media type that the document itself bears; one that bears none is OCI's. */
    String mediaType() {
        String own = json.path("mediaType").asText("");
        return own.isEmpty()
                ? json.has("manifests") ? ImageFormat.OCI.indexType() : ImageFormat.OCI.manifestType()
                : own;
    }

    boolean isIndex() {
        return ImageFormat.isIndexType(mediaType());
    }

    boolean isSchema1() {
        return json.path("schemaVersion").asInt() == 1;
    }

    /** The descriptor of the config, if this is a manifest. */
    Descriptor config() throws MalformedException {
        return descriptor(json.path("config"), "config");
    }

    /** The descriptors of the layers, if this is a manifest. */
    List<Descriptor> layers() throws MalformedException {
        List<Descriptor> layers = new ArrayList<>();
        for (JsonNode layer : json.path("layers")) {
            layers.add(descriptor(layer, "layers[" + layers.size() + "]"));
        }
        return layers;
    }

    /** The digests of the layers' tars, if this is a config. */
    List<Digest> diffIds() throws MalformedException {
        List<Digest> digests = new ArrayList<>();
        for (JsonNode diffId : json.path("rootfs").path("diff_ids")) {
            digests.add(digest(diffId, "rootfs.diff_ids[" + digests.size() + "]"));
        }
        return digests;
    }

    /** The labels, if this is a config. */
    Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        json.path("config")
                .path("Labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    static Descriptor descriptor(JsonNode node, String name) throws MalformedException {
        JsonNode size = node.path("size");
        if (!node.isObject()) {
            throw new MalformedException("'" + name + "' is missing");
        }
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw new MalformedException("'" + name + ".size' is not a number of bytes");
        }
        return new Descriptor(
                node.path("mediaType").asText(""), digest(node.path("digest"), name + ".digest"), size.longValue());
    }

    private static Digest digest(JsonNode node, String name) throws MalformedException {
        try {
            return Digest.parse(node.asText(""));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("'" + name + "' is not a SHA-256 digest");
        }
    }

    Optional<String> text(String field) {
        return Optional.of(json.path(field).asText("")).filter(value -> !value.isEmpty());
    }
}
