package io.github.lambdacontainer.local;

import io.github.lambdacontainer.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A container of an engine that runs one function, known to the engine by its name. */
final class EngineContainer implements FunctionProcesses {

    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_MILLIS = 150;

    private final EngineProgram engine;
    private final String name;
    private final Process client;
    private volatile long pid;

    /**
     * A container that was just started.
     *
     * @param engine whose container it is
     * @param name its name
     * @param client the process that started it and is attached to it
     */
    EngineContainer(EngineProgram engine, String name, Process client) {
        this.engine = engine;
        this.name = name;
        this.client = client;
        Thread finder = new Thread(this::find, "lambda-container-memory");
        finder.setDaemon(true);
        finder.start();
    }

    @Override
    public Process process() {
        return client;
    }

    /** Asks the engine for the function's process, by which the system tells the memory, until it has one. */
    private void find() {
        try {
            while (pid == 0 && client.isAlive()) {
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
                pid = engine.run("inspect", "--format", "{{.State.Pid}}", name)
                        .filter(text -> text.matches("\\d{1,9}"))
                        .map(Long::parseLong)
                        .orElse(0L);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Exit codes of the clients' own: the engine fails, or the container's program cannot be started. */
    @Override
    public Optional<Problem> startFailure() {
        return Optional.of(client.exitValue())
                .filter(code -> code >= 125 && code <= 127)
                .map(code -> Problem.of(
                        "The function's container could not be started: " + engine.shortName()
                                + " ended with exit code " + code + ".",
                        "Mend what " + engine.shortName() + " says in the log above."));
    }

    /** A client that is attached hands on the last lines, so the container is ended before it. */
    @Override
    public void kill() {
        if (client.isAlive() && engine.run("kill", name).isPresent()) {
            await(END_LIMIT);
        }
        // Not by the process itself, which would close its output while that is read.
        client.toHandle().destroyForcibly();
        await(END_LIMIT);
        engine.run("rm", "--force", name);
    }

    private void await(Duration limit) {
        CompletableFuture<Process> end = client.onExit();
        end.completeOnTimeout(client, limit.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    /** Known where the container is on this machine, and not in a virtual one. */
    @Override
    public long peakMemory() {
        return pid == 0
                ? 0
                : ProcessHandle.of(pid).stream()
                        .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                        .mapToLong(ProcessTree::peakMemory)
                        .sum();
    }
}
