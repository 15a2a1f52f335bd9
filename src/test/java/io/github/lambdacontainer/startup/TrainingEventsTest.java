package io.github.lambdacontainer.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a file that no function can be trained with. */
class TrainingEventsTest {

    private static final String SETTING =
            "\n  Setting: <startup><events> (-Dlambda-container.startup.events)\n  Next: ";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    void anEventOfNothing(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), text);
        refuses("The event '" + file + "' is not valid JSON: it is empty." + SETTING
                + "Correct it, or move it out of the directory.");
    }

    @Test
    void anEventThatIsTooLarge() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "\"" + "x".repeat(6_291_455) + "\"");
        refuses("The event '" + file + "' has 6291457 bytes, and Lambda takes at most 6291456." + SETTING
                + "Make it smaller, or move it out of the directory.");
        Files.writeString(file, "\"" + "x".repeat(6_291_454) + "\"");
        assertThat(TrainingEvents.read(directory).get(0).payload().size()).isEqualTo(6_291_456);
    }

    private void refuses(String message) {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> TrainingEvents.read(directory))
                .withMessage(message);
    }
}
