package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts images as Lambda does: read-only except {@code /tmp}, as an unprivileged user, with Lambda's limits. Images and
 * containers live in a store of their own below {@code target}.
 */
final class Containers {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private Containers() {}

    /** Starts the image of an archive; its function talks to the given Runtime API. */
    static Container start(Path archive, LocalFunction function, String... arguments) {
        return start("docker-archive:" + archive, function, arguments);
    }

    /** Starts the image of an archive with further environment variables. */
    static Container start(Path archive, Map<String, String> environment, LocalFunction function) {
        return start("docker-archive:" + archive, List.of(), environment, function);
    }

    /** Starts the image that a reference with a transport names. */
    static Container start(String reference, LocalFunction function, String... arguments) {
        return start(reference, List.of(), Map.of(), function, arguments);
    }

    /** Starts an image that is pulled with these options. */
    static Container start(String reference, List<String> options, LocalFunction function, String... arguments) {
        return start(reference, options, Map.of(), function, arguments);
    }

    private static Container start(
            String reference,
            List<String> options,
            Map<String, String> environment,
            LocalFunction function,
            String... arguments) {
        List<String> pull = new ArrayList<>(List.of("pull", "--quiet"));
        pull.addAll(options);
        pull.add(reference);
        String image = podman(pull.toArray(String[]::new)).output().strip();
        String name = "lambda-container-it-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        List<String> words = command(
                "--runtime",
                "runc",
                "run",
                "--rm",
                "--name",
                name,
                "--ulimit",
                "nofile=1024:1024",
                "--ulimit",
                "nproc=1000:1000",
                "--network",
                "host",
                "--read-only",
                "--tmpfs",
                "/tmp:rw,exec",
                "--user",
                "993:990",
                "-e",
                "AWS_LAMBDA_RUNTIME_API=" + function.address(),
                "-e",
                "AWS_LAMBDA_FUNCTION_NAME=function-under-test",
                "-e",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512");
        environment.forEach((variable, value) -> words.addAll(List.of("-e", variable + "=" + value)));
        words.add(image);
        words.addAll(List.of(arguments));
        try {
            Path log = Files.createDirectories(It.target().resolve("it")).resolve(name + ".log");
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            Container container = new Container(name, image, process, log);
            process.onExit().thenAccept(ended -> function.ended(ended.exitValue(), container.log()));
            return container;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command of podman on the tests' own store. */
    static Command podman(String... words) {
        return Command.of(command(words));
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Tools.get("podman").toString(),
                "--root",
                It.target().resolve("it-podman/root").toString(),
                "--runroot",
                It.target().resolve("it-podman/run").toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** A started container; closing it stops it and removes its image. */
    record Container(String name, String image, Process process, Path logFile) implements AutoCloseable {

        /** What the container has written so far. */
        String log() {
            try {
                return Files.readString(logFile);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void assertRunning() {
            if (!process.isAlive()) {
                throw new AssertionError("The container has ended:\n" + log());
            }
        }

        /** Waits for the container to end by itself. */
        int exitCode(Duration limit) throws InterruptedException {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The container did not end within " + limit + ":\n" + log());
            }
            return process.exitValue();
        }

        @Override
        public void close() {
            podman("rm", "--force", "--time", "2", "--ignore", name).output();
            podman("rmi", "--force", image).output();
            process.destroyForcibly();
        }
    }
}
