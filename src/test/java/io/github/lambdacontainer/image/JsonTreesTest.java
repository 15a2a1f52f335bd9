package io.github.lambdacontainer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreesTest {

    private static final JsonFactory JSON = new JsonFactory();

    private static JsonNode read(String text) throws IOException {
        return JsonTrees.read(JSON, text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "true",
                "\"\"",
                "0",
                "{\"b\":[1,-2147483649,12345678901234567890,{\"a\":null}],\"a\":\"ü\\n\"}",
                "[[[]],{\"\":{}},false]"
            })
    void agreesWithJacksonsOwnTrees(String text) throws IOException {
        StringWriter written = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(written)) {
            JsonTrees.write(read(text), out);
        }

        assertThat(read(text)).isEqualTo(new ObjectMapper().readTree(text));
        assertThat(written).hasToString(text);
    }

    @Test
    void keepsFractionsExact() throws IOException {
        StringWriter written = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(written)) {
            JsonTrees.write(read("[0.10,1E+400,-0.000000000000000000000001]"), out);
        }

        assertThat(written).hasToString("[0.10,1E+400,-1E-24]");
    }

    @Test
    void anEmptyDocumentHoldsNothing() throws IOException {
        assertThat(read(" \n").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1", "{\"a\"}", "{} {}", "{} x", "\"a"})
    void refusesWhatIsNotOneWholeValue(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class);
    }
}
