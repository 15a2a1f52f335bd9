package io.github.lambdacontainer.image;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/**
 * Reads and writes Jackson's trees with nothing but its parser and generator. Its {@code ObjectMapper} does so, too, but
 * takes a tenth of a second to set up what trees have no use for, in each build anew.
 */
public final class JsonTrees {

    private JsonTrees() {}

    /**
     * Reads the one value of a document; numbers stay exact.
     *
     * @param factory the limits that are kept
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not valid JSON, or more follows the value
     */
    public static JsonNode read(JsonFactory factory, byte[] document) throws IOException {
        try (JsonParser parser = factory.createParser(document)) {
            if (parser.nextToken() == null) {
                return MissingNode.getInstance();
            }
            JsonNode value = value(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after its end", parser.currentTokenLocation());
            }
            return value;
        }
    }

    private static JsonNode value(JsonParser parser) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            default -> nodes.nullNode();
        };
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.getNumberType()) {
            case INT -> nodes.numberNode(parser.getIntValue());
            case LONG -> nodes.numberNode(parser.getLongValue());
            default -> nodes.numberNode(parser.getBigIntegerValue());
        };
    }

    /** Writes a value as the generator is set to. */
    public static void write(JsonNode value, JsonGenerator out) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : value) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(value.textValue());
            case NUMBER -> number(value, out);
            case BOOLEAN -> out.writeBoolean(value.booleanValue());
            default -> out.writeNull();
        }
    }

    private static void number(JsonNode value, JsonGenerator out) throws IOException {
        switch (value.numberType()) {
            case INT, LONG -> out.writeNumber(value.longValue());
            case BIG_INTEGER -> out.writeNumber(value.bigIntegerValue());
            default -> out.writeNumber(value.decimalValue());
        }
    }
}
