package io.github.lambdacontainer.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** Writes the manifest of an image on top of that of its base. */
final class ManifestEditor {

    /** What is written anew; {@code subject} would make the image an attachment of another one. */
    private static final Set<String> REPLACED = Set.of("schemaVersion", "mediaType", "config", "layers", "subject");

    private ManifestEditor() {}

    static RawJson edit(BaseImage base, List<ImageLayer> layers, ImageFormat format, RawJson config) {
        JsonObject old = Json.read("The base image's manifest", base.manifest());
        ObjectNode manifest = Json.object().put("schemaVersion", 2).put("mediaType", format.manifestType());
        manifest.set("config", node(new Descriptor(format.configType(), config.digest(), config.size())));
        ArrayNode descriptors = manifest.putArray("layers");
        List<JsonObject> oldLayers = old.objects("layers");
        for (int i = 0; i < layers.size(); i++) {
            Descriptor descriptor = layers.get(i).descriptor();
            descriptors.add(i < oldLayers.size() ? keepFields(oldLayers.get(i), descriptor) : node(descriptor));
        }
        old.node().properties().stream()
                .filter(field -> !REPLACED.contains(field.getKey()))
                .forEach(field -> manifest.set(field.getKey(), field.getValue()));
        return Json.write(manifest);
    }

    /** Annotations and the like belong to a blob: they stay with it, and go with it where the base room replaced it. */
    private static ObjectNode keepFields(JsonObject old, Descriptor descriptor) {
        return old.descriptor().digest().equals(descriptor.digest())
                ? old.node().deepCopy().put("mediaType", descriptor.mediaType())
                : node(descriptor);
    }

    private static ObjectNode node(Descriptor descriptor) {
        return Json.object()
                .put("mediaType", descriptor.mediaType())
                .put("size", descriptor.size())
                .put("digest", descriptor.digest().toString());
    }
}
