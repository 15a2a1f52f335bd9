package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
        try {
            Path directory = Files.createTempDirectory("lambda-container-");
            try {
                return run(program, arguments, environment, directory);
            } finally {
                Trees.delete(directory);
            }
        } catch (IOException e) {
            throw failure(program + " could not be run: " + e.getMessage() + ".", e);
        }
    }

    private Outcome run(Path program, List<String> arguments, Map<String, String> environment, Path directory)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        // Files, not pipes: a program that writes much never waits for a reader.
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        JVM_VARIABLES.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        awaitEnd(program, process);
        return new Outcome(process.exitValue(), read(output), read(errors));
    }

    private void awaitEnd(Path program, Process process) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure(program + " did not end within " + limit.toSeconds() + " seconds.", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure(program + " was interrupted.", e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        }
    }

    private static EnvironmentFailure failure(String what, @Nullable Throwable cause) {
        return new EnvironmentFailure(
                Problem.of(what, JdkReader.SETTING, "Run it by hand to see what holds it up, or name another JDK."),
                cause);
    }
}
