package io.github.lambdacontainer.startup;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A process of the training. Closing it ends it with all that it started. */
final class JavaProcess implements AutoCloseable {

    private static final long GRACE_SECONDS = 5;

    private final Process process;
    private final OutputTail output;
    private final Thread reader;
    private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();

    private JavaProcess(Process process) {
        this.process = process;
        this.output = new OutputTail(process.getInputStream());
        this.reader = new Thread(output, "startup-training-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command with these variables and no others. */
    static JavaProcess start(List<String> command, Path directory, Map<String, String> environment) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        JavaProcess started = new JavaProcess(process);
        process.getOutputStream().close();
        return started;
    }

    CompletableFuture<Integer> exit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks it to end, as Lambda does with SIGTERM. */
    void terminate() {
        // Once it has ended, nothing says whose children they were.
        rememberChildren();
        process.destroy();
    }

    /** The exit code, or nothing if it does not end in time. */
    OptionalInt await(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** The end of what it has written so far. */
    String output(Collection<String> secrets) {
        try {
            // A child that holds the pipe open may outlive the process.
            reader.join(TimeUnit.SECONDS.toMillis(process.isAlive() ? 0 : 1) + 100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return output.text(secrets);
    }

    private void rememberChildren() {
        process.descendants().forEach(children::add);
    }

    @Override
    public void close() {
        rememberChildren();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        try {
            process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
