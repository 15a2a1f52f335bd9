package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code docker save} writes: {@code manifest.json} names one config and its layers, by path. There is no
 * manifest in the sense of registries, so one is made.
 */
record DockerArchiveReader(ImageDocuments documents, GzipLayers gzip, UnusableBase base) {

    static final String MANIFEST = "manifest.json";

    private static final Pattern DIGEST_IN_NAME = Pattern.compile("(?:.*/)?([0-9a-f]{64})(?:\\.json)?");

    FoundBase read() {
        JsonNode image = onlyImage();
        RawJson config = config(image.path("Config").asText(""));
        List<String> members = texts(image.path("Layers"));
        List<Digest> diffIds = diffIds(config);
        if (members.size() != diffIds.size()) {
            throw base.damaged("'" + MANIFEST + "' names " + members.size() + " layers, and the config has "
                    + diffIds.size() + " diff_ids");
        }
        List<Stored> layers = new ArrayList<>();
        Map<Digest, Path> blobs = new LinkedHashMap<>();
        for (int i = 0; i < members.size(); i++) {
            Stored layer = layer(members.get(i), diffIds.get(i));
            layers.add(layer);
            blobs.put(layer.digest(), layer.path());
        }
        RawJson manifest = manifest(config, layers);
        return new FoundBase(
                Optional.empty(),
                BaseImage.parse(ImageFormat.DOCKER.manifestType(), manifest, config),
                new LayerMap(blobs));
    }

    private JsonNode onlyImage() {
        JsonNode images = documents.json(MANIFEST, documents.document(MANIFEST));
        if (!images.isArray() || images.isEmpty()) {
            throw base.damaged("'" + MANIFEST + "' lists no image");
        }
        if (images.size() > 1) {
            List<String> names = new ArrayList<>();
            images.forEach(image -> names.addAll(texts(image.path("RepoTags"))));
            throw base.because(
                    "it holds " + images.size() + " images: " + String.join(", ", names),
                    "Save the one to build on alone.");
        }
        return images.get(0);
    }

    private RawJson config(String path) {
        RawJson config = documents.document(path);
        Matcher name = DIGEST_IN_NAME.matcher(path);
        if (name.matches() && !config.digest().hex().equals(name.group(1))) {
            throw documents.otherDigest(path, config.digest(), new Digest(name.group(1)));
        }
        return config;
    }

    private List<Digest> diffIds(RawJson config) {
        List<Digest> digests = new ArrayList<>();
        for (JsonNode id : documents.json("config", config).path("rootfs").path("diff_ids")) {
            try {
                digests.add(Digest.parse(id.asText()));
            } catch (IllegalArgumentException e) {
                throw base.damaged("a diff_id of its config is none: " + e.getMessage());
            }
        }
        return digests;
    }

    private Stored layer(String path, Digest diffId) {
        if (documents.files().size(path).isEmpty()) {
            throw documents.missing(path);
        }
        try {
            return switch (magic(path)) {
                case GZIP -> stored(path);
                case NONE -> gzip.compressed(diffId, () -> documents.files().open(path));
                case ZSTD -> throw LayerKind.ZSTD.refusal(base, "'" + path + "'");
            };
        } catch (GzipLayers.OtherContentException e) {
            throw documents.otherDigest(path, e.found(), diffId);
        } catch (IOException e) {
            throw documents.unreadable(path, e);
        }
    }

    private Magic magic(String path) throws IOException {
        try (InputStream in = documents.files().open(path)) {
            return Magic.of(in.readNBytes(Magic.LENGTH));
        }
    }

    private Stored stored(String path) throws IOException {
        try (InputStream in = documents.files().open(path)) {
            return documents.cache().storeNew(in::transferTo);
        }
    }

    private static RawJson manifest(RawJson config, List<Stored> layers) {
        ImageFormat format = ImageFormat.DOCKER;
        ObjectNode manifest =
                JsonNodeFactory.instance.objectNode().put("schemaVersion", 2).put("mediaType", format.manifestType());
        manifest.putObject("config")
                .put("mediaType", format.configType())
                .put("size", config.size())
                .put("digest", config.digest().toString());
        for (Stored layer : layers) {
            manifest.withArray("/layers")
                    .addObject()
                    .put("mediaType", format.layerType())
                    .put("size", layer.size())
                    .put("digest", layer.digest().toString());
        }
        return new RawJson(manifest.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
