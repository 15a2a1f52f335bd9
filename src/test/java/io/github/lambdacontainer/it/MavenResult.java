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

    /** The same result, looked at from a module of the project. */
    MavenResult module(String name) {
        return new MavenResult(exitCode, log, target.resolveSibling(name).resolve("target"));
    }

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

    JsonNode json() {
        try {
            return JSON.readTree(output("image.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that Maven printed as errors, without its own advice how to see more. */
    List<String> errors() {
        return log.lines()
                .filter(line -> line.startsWith("[ERROR]"))
                .map(line -> line.substring("[ERROR]".length()).strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
