package io.github.lambdacontainer.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the fields of a JSON object and fails with the field's path where one is not what it has to be. A field that is
 * {@code null} counts as absent, as the documents of Docker mean it.
 *
 * @param document what the document is, as a failure calls it
 * @param path where in the document this object is, empty for the document itself
 * @param node the object
 */
record JsonObject(String document, String path, ObjectNode node) {

    static EnvironmentFailure malformed(String document, String why) {
        return new EnvironmentFailure(Problem.of(
                document + " is malformed: " + why + ".",
                "from.image",
                "Use another base image, or have this one built and pushed again."));
    }

    EnvironmentFailure malformed(String why) {
        return malformed(document, why);
    }

    Optional<JsonObject> object(String name) {
        return field(name).map(value -> asObject(pathOf(name), value));
    }

    List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            objects.add(asObject(pathOf(name) + "[" + objects.size() + "]", element));
        }
        return objects;
    }

    Optional<String> text(String name) {
        return field(name).map(value -> asText(pathOf(name), value));
    }

    /** The strings of an array, or the one string that stands in its place. */
    List<String> textOrTexts(String name) {
        return field(name).filter(JsonNode::isTextual).isPresent()
                ? text(name).stream().toList()
                : texts(name);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(name)) {
            texts.add(asText(pathOf(name) + "[" + texts.size() + "]", element));
        }
        return texts;
    }

    Optional<Long> integer(String name) {
        return field(name).map(value -> {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw mismatch(pathOf(name), value, "a 64-bit integer");
            }
            return value.longValue();
        });
    }

    Optional<Boolean> bool(String name) {
        return field(name).map(value -> {
            if (!value.isBoolean()) {
                throw mismatch(pathOf(name), value, "true or false");
            }
            return value.booleanValue();
        });
    }

    /** The object as a descriptor (OCI image specification, descriptor.md). */
    Descriptor descriptor() {
        String mediaType = text("mediaType").orElseThrow(() -> missing("mediaType"));
        String digest = text("digest").orElseThrow(() -> missing("digest"));
        long size = integer("size").orElseThrow(() -> missing("size"));
        if (size < 0) {
            throw malformed("'" + pathOf("size") + "' is " + size + ", a negative size");
        }
        return new Descriptor(mediaType, digest(pathOf("digest"), digest), size);
    }

    Digest digest(String at, String text) {
        try {
            return Digest.parse(text);
        } catch (IllegalArgumentException e) {
            throw malformed("'" + at + "' is '" + text + "', not a SHA-256 digest");
        }
    }

    EnvironmentFailure missing(String name) {
        return malformed("'" + pathOf(name) + "' is missing");
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Optional<JsonNode> field(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    private Iterable<JsonNode> elements(String name) {
        return field(name)
                .map(value -> {
                    if (value instanceof ArrayNode array) {
                        return (Iterable<JsonNode>) array;
                    }
                    throw mismatch(pathOf(name), value, "an array");
                })
                .orElse(List.of());
    }

    private JsonObject asObject(String at, JsonNode value) {
        if (value instanceof ObjectNode object) {
            return new JsonObject(document, at, object);
        }
        throw mismatch(at, value, "an object");
    }

    private String asText(String at, JsonNode value) {
        if (value.isTextual()) {
            return value.textValue();
        }
        throw mismatch(at, value, "a string");
    }

    private EnvironmentFailure mismatch(String at, JsonNode value, String expected) {
        String found = value.getNodeType().name().toLowerCase(Locale.ROOT);
        return malformed("'" + at + "' is of type " + found + ", not " + expected);
    }
}
