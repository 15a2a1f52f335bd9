package io.github.lambdacontainer.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that has come to its end soon.
 *
 * @param exitCode its exit code
 * @param output the beginning of what it printed, without white space around it
 */
record ShortRun(int exitCode, String output) {

    /** Long enough for an engine that has just been started. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    private static final int SHOWN = 2000;

    /**
     * Runs a program without input.
     *
     * @return empty if it does not end within the limit; it is ended then, with its children
     * @throws IOException if it cannot be started
     */
    static Optional<ShortRun> of(ProcessBuilder program, Duration limit) throws IOException, InterruptedException {
        Process process = program.start();
        try {
            process.getOutputStream().close();
            FutureTask<String> output = reading(process.getInputStream());
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(
                            new ShortRun(process.exitValue(), output.get(limit.toMillis(), TimeUnit.MILLISECONDS)))
                    : Optional.empty();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (TimeoutException e) {
            return Optional.empty();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** In a thread of its own: whoever has the other end of the pipe may keep it open for ever. */
    private static FutureTask<String> reading(InputStream stream) {
        FutureTask<String> reading = new FutureTask<>(() -> {
            try (stream) {
                String start = new String(stream.readNBytes(SHOWN), StandardCharsets.UTF_8).strip();
                stream.transferTo(OutputStream.nullOutputStream());
                return start;
            }
        });
        Thread thread = new Thread(reading, "lambda-container-output");
        thread.setDaemon(true);
        thread.start();
        return reading;
    }
}
