package io.github.lambdacontainer.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.image.JsonTrees;
import io.github.lambdacontainer.image.RawJson;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON of unknown origin: bounded in size and depth, no name twice in one object. */
final class Json {

    private static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(RawJson.MAX_SIZE)
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(RawJson.MAX_SIZE)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    /**
     * Reads an object.
     *
     * @throws MalformedException if the bytes are anything else
     */
    static JsonNode object(byte[] bytes) throws MalformedException {
        JsonNode node = read(bytes);
        if (!node.isObject()) {
            throw new MalformedException(bytes.length == 0 ? "it is empty" : "it is not a JSON object");
        }
        return node;
    }

    private static JsonNode read(byte[] bytes) throws MalformedException {
        try {
            return JsonTrees.read(FACTORY, bytes);
        } catch (JsonProcessingException e) {
            throw new MalformedException(
                    e.getOriginalMessage().lines().findFirst().orElse("") + at(e.getLocation()));
        } catch (IOException e) {
            throw new MalformedException(String.valueOf(e.getMessage()));
        }
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
