package io.github.lambdacontainer.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a Maven build ended.
 *
 * @param exitCode what Maven exited with
 * @param log what Maven wrote
 * @param target the build directory of the project
 */
record MavenResult(int exitCode, String log, Path target) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Path archive() {
        return output("image.tar");
    }

    Path output(String name) {
        return target.resolve("lambda-container").resolve(name);
    }

    String digest() {
        try {
            return Files.readString(output("image.digest")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows these words in lines that begin with them. */
    List<String> lines(String words) {
        String start = "[INFO] " + words;
        return log.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    JsonNode json() {
        return json("image.json");
    }

    /** The JSON that the build wrote under this name. */
    JsonNode json(String name) {
        try {
            return JSON.readTree(output(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message with which the plugin failed, as Maven prints it. */
    String failure() {
        List<String> lines = log.lines()
                .dropWhile(line -> !line.startsWith("[ERROR] Failed to execute goal"))
                .takeWhile(line -> line.startsWith("[ERROR] "))
                .map(line -> line.substring("[ERROR] ".length()))
                .toList();
        String text = String.join("\n", lines);
        int start = text.indexOf(": ", text.indexOf(" on project ")) + 2;
        int end = text.indexOf("-> [Help");
        if (lines.isEmpty() || end < start) {
            throw new AssertionError("The plugin did not fail:\n" + log);
        }
        return text.substring(start, end).stripTrailing();
    }
}
