package io.github.lambdacontainer.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the event that a user names: a file, JSON, {@code -} for the standard input, or {@code sample:NAME}.
 *
 * @param baseDirectory where relative paths begin
 * @param eventsDirectory where the project keeps events, found there by name
 * @param standardInput what {@code -} reads
 */
public record Events(Path baseDirectory, Path eventsDirectory, Input standardInput) {

    private static final String SETTING = "invoke.event";
    private static final String FORMS = "Name a file, write JSON, read standard input with '-', or take one of the"
            + " samples: " + String.join(", ", SampleEvents.NAMES) + " (each behind 'sample:').";

    /** Apart, for what it takes to have it is only needed where an event is read. */
    private static final class Json {

        private static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /**
     * Reads an event.
     *
     * @throws UserFailure if there is no such event, or it is not JSON, or larger than Lambda takes
     */
    public Payload read(String event) {
        return find(event).get();
    }

    /**
     * Finds an event, and leaves it to the supplier to read it, which takes longer.
     *
     * @return fails with a {@link UserFailure} if the event is not JSON, or larger than Lambda takes
     * @throws UserFailure if there is no such event
     */
    public Supplier<Payload> find(String event) {
        if (event.startsWith(SampleEvents.PREFIX)) {
            Payload sample = sample(event.substring(SampleEvents.PREFIX.length()));
            return () -> sample;
        }
        if (event.equals("-")) {
            return () -> checked("The event of standard input", () -> readAll(standardInput));
        }
        Optional<Path> file = file(event);
        if (file.isPresent()) {
            return () ->
                    checked("The event in '" + file.get() + "'", () -> readAll(() -> Files.newInputStream(file.get())));
        }
        if (looksLikeJson(event)) {
            return () -> checked("The event '" + shortened(event) + "'", () -> Payload.of(event));
        }
        throw new UserFailure(Problem.of(
                "There is no event '" + shortened(event) + "': no such file below '" + baseDirectory + "' or '"
                        + eventsDirectory + "', and not JSON.",
                SETTING,
                FORMS));
    }

    private static Payload sample(String name) {
        return SampleEvents.find(name)
                .orElseThrow(
                        () -> new UserFailure(Problem.of("There is no sample event '" + name + "'.", SETTING, FORMS)));
    }

    private Optional<Path> file(String name) {
        try {
            return Stream.of(
                            baseDirectory.resolve(name),
                            eventsDirectory.resolve(name),
                            eventsDirectory.resolve(name + ".json"))
                    .filter(Files::isRegularFile)
                    .findFirst();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Something to read. */
    public interface Input {
        /** Opens it; whoever opens it closes it. */
        InputStream open() throws IOException;
    }

    /** Something that reads an event. */
    private interface Source {
        Payload read() throws IOException;
    }

    private static Payload checked(String what, Source source) {
        Payload event;
        try {
            event = source.read();
        } catch (IOException e) {
            throw new UserFailure(Problem.of(
                    what + " could not be read: " + DiskReason.of(e) + ".", SETTING, "Make it a readable file."));
        }
        if (event.size() > Payload.LARGEST_EVENT) {
            throw new UserFailure(Problem.of(
                    what + " is larger than the " + Payload.LARGEST_EVENT + " bytes that Lambda takes.",
                    SETTING,
                    "Send a smaller event; functions get larger data by its place, such as an object in S3."));
        }
        notJson(event).ifPresent(reason -> {
            throw new UserFailure(Problem.of(what + " is not JSON: " + reason + ".", SETTING, FORMS));
        });
        return event;
    }

    private static Optional<String> notJson(Payload event) {
        try {
            JsonNode tree = Json.MAPPER.readTree(event.bytes());
            return tree.isMissingNode() ? Optional.of("it is empty") : Optional.empty();
        } catch (JsonProcessingException e) {
            String place = "line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr();
            return Optional.of(Objects.requireNonNullElse(e.getOriginalMessage(), "unreadable") + " (" + place + ")");
        } catch (IOException e) {
            return Optional.of(DiskReason.of(e));
        }
    }

    private static boolean looksLikeJson(String text) {
        String start = text.strip();
        return Stream.of("{", "[", "\"", "-").anyMatch(start::startsWith)
                || List.of("true", "false", "null").contains(start)
                || (start.matches("\\d.*") && notJson(Payload.of(text)).isEmpty());
    }

    private static Payload readAll(Input input) throws IOException {
        try (InputStream in = input.open()) {
            return Payload.of(in.readNBytes(Payload.LARGEST_EVENT + 1));
        }
    }

    private static String shortened(String text) {
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
