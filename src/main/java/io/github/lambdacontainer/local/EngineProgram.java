package io.github.lambdacontainer.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The command line client of a container engine.
 *
 * @param name the program, such as {@code podman}
 */
record EngineProgram(String name) {

    private static final long PATIENCE_SECONDS = 20;
    private static final int SHOWN = 200;

    /** The words of a command. */
    List<String> words(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        return words;
    }

    /**
     * Runs a command to its end, also in a thread that is interrupted: what tidies up after Ctrl-C is not to be stopped
     * by it.
     *
     * @return what it prints, or empty if it fails
     */
    Optional<String> run(String... arguments) {
        boolean interrupted = Thread.interrupted();
        try {
            return output(words(List.of(arguments)));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            interrupted = true;
            return Optional.empty();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Optional<String> output(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream output = process.getInputStream()) {
            process.getOutputStream().close();
            String text = new String(output.readNBytes(SHOWN), StandardCharsets.UTF_8).strip();
            output.transferTo(OutputStream.nullOutputStream());
            boolean done = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            return done ? Optional.of(text) : Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
