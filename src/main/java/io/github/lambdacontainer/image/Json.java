package io.github.lambdacontainer.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Image documents as trees: numbers exact, fields in the order they were written, size and depth bounded. */
final class Json {

    private static final int MAX_DEPTH = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(RawJson.MAX_SIZE)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Half a surrogate pair can be read from an escape, and can only be written as one.
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The document as a JSON object; {@code name} is how a failure calls it. */
    static JsonObject read(String name, RawJson document) {
        if (document.size() > RawJson.MAX_SIZE) {
            throw JsonObject.malformed(name, "it has " + document.size() + " bytes, more than " + RawJson.MAX_SIZE);
        }
        return new JsonObject(name, "", tree(name, document));
    }

    private static ObjectNode tree(String name, RawJson document) {
        try {
            JsonNode tree = JsonTrees.read(FACTORY, document.bytes());
            if (tree instanceof ObjectNode object) {
                return object;
            }
            throw JsonObject.malformed(name, "it is not a JSON object");
        } catch (StreamConstraintsException e) {
            throw JsonObject.malformed(name, "it is nested too deeply or holds a number that is too long");
        } catch (JsonProcessingException e) {
            throw JsonObject.malformed(name, "it is not valid JSON" + location(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String location(JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map(at -> " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                .orElse("");
    }

    static RawJson write(JsonNode tree) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            JsonTrees.write(tree, out);
        } catch (IOException e) {
            throw new IllegalStateException("A tree that was read can be written", e);
        }
        return new RawJson(bytes.toByteArray());
    }
}
