package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line client of a container engine.
 *
 * @param name the program, such as {@code podman}
 */
record EngineProgram(String name) {

    /** The name without a directory, as messages have it. */
    String shortName() {
        return String.valueOf(Path.of(name).getFileName());
    }

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
     * @return what it prints, or empty if it fails or takes too long
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
        ProcessBuilder program = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        return ShortRun.of(program, ShortRun.LIMIT)
                .filter(run -> run.exitCode() == 0)
                .map(ShortRun::output);
    }
}
