package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.ImageFormat;
import java.util.Optional;

/**
 * An entry of an image index (OCI image specification, image-index.md).
 *
 * @param platform the platform it is for, if it says so
 * @param name the tag or name it is stored under, if it has one
 */
record IndexEntry(Descriptor descriptor, Optional<Platform> platform, Optional<String> name, boolean attestation) {

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it names nothing
     */
    static IndexEntry read(JsonNode entry) {
        Descriptor descriptor = ImageDocuments.descriptor(entry);
        JsonNode annotations = entry.path("annotations");
        Optional<Platform> platform = Platform.read(entry.path("platform"));
        return new IndexEntry(
                descriptor,
                platform,
                text(annotations, "io.containerd.image.name")
                        .or(() -> text(annotations, "org.opencontainers.image.ref.name")),
                annotations.has("vnd.docker.reference.type")
                        || platform.filter(p -> p.os().equals("unknown")).isPresent());
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Optional.ofNullable(node.get(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    boolean isIndex() {
        return ImageFormat.isIndexType(descriptor.mediaType());
    }

    /** Whether it is an image, as opposed to some other artifact; entries of old tools have no media type. */
    boolean isImage() {
        return !attestation
                && (descriptor.mediaType().isEmpty()
                        || ImageFormat.ofManifestType(descriptor.mediaType()).isPresent());
    }

    String label() {
        return name.map(n -> n + " (" + descriptor.digest() + ")")
                .orElse(descriptor.digest().toString());
    }
}
