package io.github.lambdacontainer.base;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of an image index (OCI image specification, image-index.md).
 *
 * @param platform the platform it is for, if it says so
 * @param name the tag or name it is stored under, if it has one
 */
record IndexEntry(Descriptor descriptor, Optional<Platform> platform, Optional<String> name, boolean attestation) {

    private static final Set<String> INDEX_TYPES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it names nothing
     */
    static IndexEntry read(JsonNode entry) {
        Descriptor descriptor = new Descriptor(
                entry.path("mediaType").asText(""),
                Digest.parse(entry.path("digest").asText("")),
                entry.path("size").asLong(-1));
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
        return INDEX_TYPES.contains(descriptor.mediaType());
    }

    /** Whether it is an image, as opposed to some other artifact; entries of old tools have no media type. */
    boolean isImage() {
        return !attestation
                && (descriptor.mediaType().isEmpty()
                        || Arrays.stream(ImageFormat.values())
                                .anyMatch(f -> f.manifestType().equals(descriptor.mediaType())));
    }

    String label() {
        return name.map(n -> n + " (" + descriptor.digest() + ")")
                .orElse(descriptor.digest().toString());
    }
}
