package io.github.lambdacontainer.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.ImageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * The images that an index or a manifest list offers (OCI image specification, image-index.md).
 *
 * @param entries what it lists, attestations left out
 */
record ImageIndex(List<JsonNode> entries) {

    static ImageIndex of(Document document) throws MalformedException {
        JsonNode manifests = document.json().path("manifests");
        if (!manifests.isArray()) {
            throw new MalformedException("'manifests' is missing");
        }
        return new ImageIndex(StreamSupport.stream(manifests.spliterator(), false)
                .filter(entry -> !isAttestation(entry))
                .toList());
    }

    private static boolean isAttestation(JsonNode entry) {
        return platform(entry).startsWith("unknown/")
                || entry.path("annotations").has("vnd.docker.reference.type");
    }

    /** The first image for Linux on this architecture. */
    Optional<Descriptor> find(Architecture architecture) throws MalformedException {
        for (JsonNode entry : entries) {
            if (!isNested(entry) && fits(entry.path("platform"), architecture)) {
                return Optional.of(Document.descriptor(entry, "manifests[]"));
            }
        }
        return Optional.empty();
    }

    /** The images that are listed without a platform, so that only their configs say what they are for. */
    List<Descriptor> unlabelled() throws MalformedException {
        List<Descriptor> unlabelled = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (!isNested(entry) && !entry.path("platform").isObject()) {
                unlabelled.add(Document.descriptor(entry, "manifests[]"));
            }
        }
        return unlabelled;
    }

    /** The indexes that this one lists. */
    List<Descriptor> nested() throws MalformedException {
        List<Descriptor> nested = new ArrayList<>();
        for (JsonNode entry : entries) {
            if (isNested(entry)) {
                nested.add(Document.descriptor(entry, "manifests[]"));
            }
        }
        return nested;
    }

    /** The platforms there are, such as {@code linux/arm64/v8}. */
    List<String> platforms() {
        return entries.stream()
                .filter(entry -> !isNested(entry) && entry.path("platform").isObject())
                .map(ImageIndex::platform)
                .distinct()
                .toList();
    }

    private static boolean isNested(JsonNode entry) {
        return ImageFormat.isIndexType(entry.path("mediaType").asText(""));
    }

    private static boolean fits(JsonNode platform, Architecture architecture) {
        String variant = platform.path("variant").asText("");
        return platform.path("os").asText("").equals("linux")
                && platform.path("architecture").asText("").equals(architecture.ociName())
                && (variant.isEmpty() || (architecture == Architecture.ARM64 && variant.equals("v8")));
    }

    private static String platform(JsonNode entry) {
        JsonNode platform = entry.path("platform");
        String variant = platform.path("variant").asText("");
        return platform.path("os").asText("") + "/"
                + platform.path("architecture").asText("") + (variant.isEmpty() ? "" : "/" + variant);
    }
}
