package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs programs on this machine, each within a time limit, undisturbed by variables that change what a JVM does. */
final class SystemProcesses implements Processes {

    /** Far longer than jlink takes for every module of a JDK. */
    static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int MOST_OUTPUT = 1 << 20;
    private static final List<String> JVM_VARIABLES =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    private final Duration limit;

    SystemProcesses(Duration limit) {
        this.limit = limit;
    }

    @Override
    public Outcome run(Path program, List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        JVM_VARIABLES.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        try {
            return run(program, builder);
        } catch (IOException e) {
            throw failure(program + " could not be run: " + e.getMessage() + ".", e);
        } catch (TimeoutException e) {
            throw failure(program + " did not end within " + limit.toSeconds() + " seconds.", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(program + " was interrupted.", e);
        }
    }

    private Outcome run(Path program, ProcessBuilder builder)
            throws IOException, TimeoutException, InterruptedException {
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            // Pipes, not files: what a program says counts on a full disk, too.
            FutureTask<String> output = reading(program, process.getInputStream());
            FutureTask<String> errors = reading(program, process.getErrorStream());
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TimeoutException();
            }
            return new Outcome(process.exitValue(), read(output), read(errors));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Reads in a thread of its own, so that a program that writes much to one stream never waits for the other. */
    private static FutureTask<String> reading(Path program, InputStream stream) {
        Callable<String> reader = () -> {
            try (stream) {
                String start = new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
                stream.transferTo(OutputStream.nullOutputStream());
                return start;
            }
        };
        FutureTask<String> reading = new FutureTask<>(reader);
        Thread thread = new Thread(reading, "output of " + program.getFileName());
        thread.setDaemon(true);
        thread.start();
        return reading;
    }

    private String read(FutureTask<String> reading) throws IOException, TimeoutException, InterruptedException {
        try {
            return reading.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private static EnvironmentFailure failure(String what, @Nullable Throwable cause) {
        return new EnvironmentFailure(
                Problem.of(what, JdkReader.SETTING, "Run it by hand to see what holds it up, or name another JDK."),
                cause);
    }
}
