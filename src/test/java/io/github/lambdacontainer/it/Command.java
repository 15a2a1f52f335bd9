package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program of the build machine, run to its end within a bounded time. */
final class Command {

    private final List<String> words;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path directory = It.target();
    private Duration limit = Duration.ofMinutes(2);
    private String input = "";

    private Command(List<String> words) {
        this.words = words;
    }

    static Command of(Object... words) {
        return of(List.of(words));
    }

    static Command of(List<?> words) {
        return new Command(new ArrayList<>(words.stream().map(Object::toString).toList()));
    }

    Command in(Path directory) {
        this.directory = directory;
        return this;
    }

    /** Sets a variable of the environment; an empty value removes it. */
    Command environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Command within(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** What the program reads from its standard input; nothing unless this is called. */
    Command input(String text) {
        input = text;
        return this;
    }

    /** Runs the program and gives its standard output; fails unless it exits with 0. */
    String output() {
        Result result = run();
        if (result.exitCode() != 0) {
            throw new AssertionError(words + " exited with " + result.exitCode() + ":\n" + result.log());
        }
        return result.output();
    }

    /** Starts the program; whoever asks for it ends it. */
    Running start() {
        try {
            Path output = Files.createTempFile("command", ".out");
            Process process = builder()
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            return new Running(process, output, limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Result run() {
        try {
            Path output = Files.createTempFile("command", ".out");
            Path errors = Files.createTempFile("command", ".err");
            try {
                int exitCode =
                        exitCode(builder().redirectOutput(output.toFile()).redirectError(errors.toFile()));
                return new Result(
                        exitCode,
                        Files.readString(output, StandardCharsets.UTF_8),
                        Files.readString(errors, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder;
    }

    private int exitCode(ProcessBuilder builder) throws IOException {
        Process process = builder.start();
        try (OutputStream standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        }
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return process.exitValue();
            }
            throw new AssertionError(words + " did not end within " + limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(words + " was interrupted", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * A program that runs.
     *
     * @param process the program
     * @param output the file that it writes to
     * @param limit how long it may take to end
     */
    record Running(Process process, Path output, Duration limit) implements AutoCloseable {

        /** Sends what Ctrl-C sends, and waits for the end. */
        Result interrupt() {
            Command.of("/bin/kill", "-INT", process.pid()).output();
            return result();
        }

        /** Waits for the end. */
        Result result() {
            try {
                assertThat(process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS))
                        .as("the program ends within " + limit)
                        .isTrue();
                return new Result(process.exitValue(), log(), "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }

        /** What it has written so far. */
        String log() {
            try {
                return Files.readString(output, StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            try {
                Canaries.assertAbsent("what a program wrote that was started", log());
            } finally {
                Files.delete(output);
            }
        }
    }

    /**
     * How a program ended.
     *
     * @param exitCode what it exited with
     * @param output its standard output
     * @param errors its standard error
     */
    record Result(int exitCode, String output, String errors) {

        String log() {
            return output + errors;
        }
    }
}
