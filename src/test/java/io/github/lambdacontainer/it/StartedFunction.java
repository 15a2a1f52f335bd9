package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process whose function talks to a Runtime API; closing it ends it.
 *
 * @param process what was started
 * @param logFile where it writes what it prints
 * @param cleaning what is left to do when it is no longer needed
 */
record StartedFunction(Process process, Path logFile, Runnable cleaning) implements AutoCloseable {

    static StartedFunction start(ProcessBuilder builder, Path logFile, LocalFunction function, Runnable cleaning)
            throws IOException {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(logFile.toFile())
                .start();
        process.getOutputStream().close();
        StartedFunction started = new StartedFunction(process, logFile, cleaning);
        process.onExit().thenAccept(ended -> function.ended(ended.exitValue(), started.log()));
        return started;
    }

    String log() {
        try {
            return Files.readString(logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<String> lastLine() {
        return lastLine(log());
    }

    static Optional<String> lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce((before, last) -> last);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        cleaning.run();
    }
}
