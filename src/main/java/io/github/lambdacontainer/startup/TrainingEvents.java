package io.github.lambdacontainer.startup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the events that a function is trained with. */
final class TrainingEvents {

    private static final String SETTING = "startup.events";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TrainingEvents() {}

    /**
     * The events of a directory, its files {@code *.json} sorted by name.
     *
     * @throws UserFailure if a file cannot be an event
     */
    static List<Event> read(Path directory) {
        try {
            return files(directory).stream().map(TrainingEvents::event).toList();
        } catch (IOException e) {
            throw unreadable("The directory of events '" + directory + "'", e);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> name(file).endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Event event(Path file) {
        try {
            if (Files.size(file) > Payload.LARGEST_EVENT) {
                throw new UserFailure(Problem.of(
                        "The event '" + file + "' has " + Files.size(file) + " bytes, and Lambda takes at most "
                                + Payload.LARGEST_EVENT + ".",
                        SETTING,
                        "Make it smaller, or move it out of the directory."));
            }
            byte[] bytes = Files.readAllBytes(file);
            if (JSON.readTree(bytes).isMissingNode()) {
                throw notJson(file, ": it is empty", null);
            }
            return new Event(name(file), Payload.of(bytes));
        } catch (JsonProcessingException e) {
            String place = "line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr();
            throw notJson(file, " (" + place + ")", e);
        } catch (IOException e) {
            throw unreadable("The event '" + file + "'", e);
        }
    }

    private static UserFailure notJson(Path file, String reason, @Nullable IOException cause) {
        return new UserFailure(
                List.of(Problem.of(
                        "The event '" + file + "' is not valid JSON" + reason + ".",
                        SETTING,
                        "Correct it, or move it out of the directory.")),
                cause);
    }

    private static String name(Path file) {
        return Objects.toString(file.getFileName(), "");
    }

    private static UserFailure unreadable(String what, IOException cause) {
        return new UserFailure(
                List.of(Problem.of(
                        what + " cannot be read: " + DiskReason.of(cause) + ".",
                        SETTING,
                        "Make it readable, name another directory, or leave the setting out.")),
                cause);
    }
}
