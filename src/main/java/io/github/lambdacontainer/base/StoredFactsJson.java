package io.github.lambdacontainer.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.lambdacontainer.image.JsonTrees;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@link StoredFacts} as JSON. */
final class StoredFactsJson {

    private static final JsonFactory JSON = new JsonFactory();

    private StoredFactsJson() {}

    static String write(StoredFacts facts) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("javaExecutable", facts.javaExecutable())
                .put("javaFeature", facts.javaFeature())
                .put("cLibrary", facts.cLibrary().name())
                .put("glibcVersion", facts.glibcVersion());
        facts.interfaceClientJars().forEach(json.putArray("interfaceClientJars")::add);
        json.put("nativeLibrary", facts.nativeLibrary());
        facts.libraries().forEach(json.putArray("libraries")::add);
        facts.directoryLinks().forEach(json.putObject("directoryLinks")::put);
        ObjectNode directories = json.putObject("directories");
        facts.directories()
                .forEach((path, directory) -> directories
                        .putObject(path)
                        .put("mode", directory.mode())
                        .put("owner", directory.owner()));
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            JsonTrees.write(json, out);
        } catch (IOException e) {
            throw new IllegalStateException("A tree can be written", e);
        }
        return text.toString();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is not JSON
     */
    static StoredFacts read(String text) throws IOException {
        JsonNode json = JsonTrees.read(JSON, text.getBytes(StandardCharsets.UTF_8));
        return new StoredFacts(
                json.path("javaExecutable").asText(),
                json.path("javaFeature").asInt(),
                StoredFacts.CLibraryName.valueOf(json.path("cLibrary").asText()),
                json.path("glibcVersion").asText(),
                texts(json.path("interfaceClientJars")).toList(),
                json.path("nativeLibrary").asText(),
                texts(json.path("libraries")).collect(Collectors.toCollection(TreeSet::new)),
                map(json.path("directoryLinks"), JsonNode::asText),
                map(
                        json.path("directories"),
                        directory -> new BaseDirectory(
                                directory.path("mode").asInt(),
                                directory.path("owner").asText())));
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText);
    }

    private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> value) {
        Map<String, T> map = new TreeMap<>();
        object.properties().forEach(field -> map.put(field.getKey(), value.apply(field.getValue())));
        return map;
    }
}
