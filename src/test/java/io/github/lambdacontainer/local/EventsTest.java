package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.problem.UserFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which event a name stands for, and what is said of one that cannot be sent. */
class EventsTest {

    private static final String SETTING = "\n  Setting: <invoke><event> (-Dlambda-container.invoke.event)\n  Next: ";
    private static final String FORMS = "Name a file, write JSON, read standard input with '-', or take one of the"
            + " samples: alb, apigw-v1, apigw-v2, dynamodb, eventbridge, function-url, kinesis, s3, sns, sqs (each"
            + " behind 'sample:').";

    @TempDir
    private Path directory;

    private Path kept;
    private Events events;

    @BeforeEach
    void setUp() throws IOException {
        kept = Files.createDirectories(directory.resolve("src/lambda/events"));
        events = new Events(
                directory,
                kept,
                () -> new ByteArrayInputStream("[\"from\",\"stdin\"]".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFileIsReadAsItIs() throws IOException {
        Files.writeString(directory.resolve("event.json"), "{ \"a\" : 1 }\n");
        assertThat(events.read("event.json").text()).isEqualTo("{ \"a\" : 1 }\n");
        assertThat(events.read(directory.resolve("event.json").toString()).text())
                .isEqualTo("{ \"a\" : 1 }\n");
    }

    @Test
    void anEventOfTheProjectIsFoundByItsName() throws IOException {
        Files.writeString(kept.resolve("order.json"), "{\"order\":1}");
        assertThat(events.read("order").text()).isEqualTo("{\"order\":1}");
        assertThat(events.read("order.json").text()).isEqualTo("{\"order\":1}");
    }

    @Test
    void jsonIsTakenAsItIs() {
        for (String json : new String[] {"{\"name\":\"Ada\"}", "[1,2]", "\"text\"", "42", "-1.5", "true", "null"}) {
            assertThat(events.read(json).text()).isEqualTo(json);
        }
    }

    @Test
    void aDashStandsForStandardInput() {
        assertThat(events.read("-").text()).isEqualTo("[\"from\",\"stdin\"]");
    }

    @Test
    void aSampleIsTaken() {
        assertThat(events.read("sample:sqs").text()).contains("aws:sqs");
    }

    @Test
    void aSampleThatIsNotThere() {
        refuses("sample:ses", "There is no sample event 'ses'." + SETTING + FORMS);
    }

    @Test
    void aFileThatIsNotThere() {
        refuses(
                "evnt.json",
                "There is no event 'evnt.json': no such file below '" + directory + "' or '" + kept + "', and not JSON."
                        + SETTING + FORMS);
    }

    @Test
    void aFileThatIsNotJson() throws IOException {
        Path file = Files.writeString(directory.resolve("event.txt"), "Hello,\nAda");
        refuses(
                "event.txt",
                "The event in '" + file + "' is not JSON: Unrecognized token 'Hello': was expecting (JSON String,"
                        + " Number, Array, Object or token 'null', 'true' or 'false') (line 1, column 1)." + SETTING
                        + FORMS);
    }

    @Test
    void anEmptyFile() throws IOException {
        Path file = Files.writeString(directory.resolve("event.json"), "");
        refuses("event.json", "The event in '" + file + "' is not JSON: it is empty." + SETTING + FORMS);
    }

    @Test
    void textThatOnlyBeginsLikeJson() {
        refuses(
                "{\"a\":1} {}",
                "The event '{\"a\":1} {}' is not JSON: Trailing token (of type START_OBJECT) found after value (bound as"
                        + " `com.fasterxml.jackson.databind.JsonNode`): not allowed as per"
                        + " `DeserializationFeature.FAIL_ON_TRAILING_TOKENS` (line 1, column 9)." + SETTING + FORMS);
    }

    @Test
    void anEventThatIsTooLarge() throws IOException {
        Path file = Files.writeString(directory.resolve("event.json"), "\"" + "x".repeat(6_291_455) + "\"");
        refuses(
                "event.json",
                "The event in '" + file + "' is larger than the 6291456 bytes that Lambda takes." + SETTING
                        + "Send a smaller event; functions get larger data by its place, such as an object in S3.");
        Files.writeString(file, "\"" + "x".repeat(6_291_454) + "\"");
        assertThat(events.read("event.json").size()).isEqualTo(6_291_456);
    }

    private void refuses(String event, String message) {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> events.read(event))
                .withMessage(message);
    }
}
