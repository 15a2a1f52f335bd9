package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Docker daemon of the tests' own, without any network, that ends with them. */
final class DockerEngine implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Path directory;
    private final Process process;

    DockerEngine() {
        try {
            // Not below target: names of sockets may have 107 bytes and no more.
            directory = Files.createTempDirectory("docker");
            process = new ProcessBuilder(
                            Tools.get("dockerd").toString(),
                            "--host=" + host(),
                            "--data-root=" + directory.resolve("data"),
                            "--exec-root=" + directory.resolve("exec"),
                            "--pidfile=" + directory.resolve("pid"),
                            "--storage-driver=vfs",
                            "--bridge=none",
                            "--iptables=false",
                            "--ip6tables=false",
                            "--ip-forward=false")
                    .redirectErrorStream(true)
                    .redirectOutput(
                            It.directory("docker").resolve("dockerd.log").toFile())
                    .start();
            awaitAnswer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Value of {@code DOCKER_HOST} for a client of this daemon. */
    String host() {
        return "unix://" + directory.resolve("socket");
    }

    /** What the command line client says. */
    String docker(Object... arguments) {
        return client(arguments).output();
    }

    private Command client(Object... arguments) {
        Object[] words = new Object[arguments.length + 1];
        words[0] = Tools.get("docker");
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        return Command.of(words).environment("DOCKER_HOST", host());
    }

    private void awaitAnswer() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (client("version").run().exitCode() != 0) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new AssertionError("dockerd did not start; its log is below target/it");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        // The network that containers shared with this machine stays mounted, if there was a container.
        Command.of("umount", directory.resolve("exec/netns/default")).run();
        Command.of("/bin/rm", "-r", directory).output();
    }
}
