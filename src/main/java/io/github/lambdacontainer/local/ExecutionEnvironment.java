package io.github.lambdacontainer.local;

import io.github.lambdacontainer.emulator.FunctionError;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.emulator.RuntimeApi;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One running function: its process, and the Runtime API that it talks to. Closing it ends the process with all that it
 * started; an interrupted build does so too.
 */
public final class ExecutionEnvironment implements AutoCloseable {

    private static final Duration LOG_LIMIT = Duration.ofSeconds(1);
    private static final long BETWEEN_LOOKS_MILLIS = 200;

    private final RuntimeApi api;
    private final FunctionProcesses processes;
    private final FunctionLog log;
    private final ExitHook end;
    private final CompletableFuture<Duration> initialized;
    private final CompletableFuture<Void> exited;
    private volatile long peak;

    private ExecutionEnvironment(RuntimeApi api, FunctionProcesses processes, FunctionLog log, long started) {
        this.api = api;
        this.processes = processes;
        this.log = log;
        this.end = new ExitHook(processes::kill);
        this.initialized = api.ready().thenApply(error -> Duration.ofNanos(System.nanoTime() - started));
        this.exited =
                processes.process().onExit().thenAccept(ended -> api.end(FunctionError.exited(ended.exitValue())));
    }

    /**
     * Starts a function.
     *
     * @param image its image, which has to stay as long as it runs
     * @param settings what Lambda would be told of it
     * @param lines where each line goes that it prints
     * @throws EnvironmentFailure if no process or port can be had
     */
    public static ExecutionEnvironment start(StagedImage image, FunctionSettings settings, Consumer<String> lines) {
        return start(image, image.image().command(), settings, settings.startLimit(), lines);
    }

    /**
     * Starts a function with another command than the image's.
     *
     * @param image its image, which has to stay as long as it runs
     * @param command the command, with paths of the image
     * @param settings what Lambda would be told of it
     * @param startLimit how long it may take until it asks for its first event
     * @param lines where each line goes that it prints
     * @throws EnvironmentFailure if no process or port can be had
     */
    public static ExecutionEnvironment start(
            StagedImage image,
            List<String> command,
            FunctionSettings settings,
            Duration startLimit,
            Consumer<String> lines) {
        try {
            RuntimeApi api = RuntimeApi.start(startLimit);
            try {
                return start(api, image, command, settings, lines);
            } catch (IOException | RuntimeException e) {
                api.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "The function could not be started: " + e.getMessage() + ".",
                            "Run it in a container: build it with lambda-container:load and start it with Docker or"
                                    + " Podman."),
                    e);
        }
    }

    private static ExecutionEnvironment start(
            RuntimeApi api, StagedImage image, List<String> command, FunctionSettings settings, Consumer<String> lines)
            throws IOException {
        Map<String, String> environment = LambdaEnvironment.of(image, settings, api.address());
        long before = System.nanoTime();
        FunctionProcesses processes = image.start(command, environment, settings.memory());
        Process process = processes.process();
        ExecutionEnvironment started =
                new ExecutionEnvironment(api, processes, new FunctionLog(process, lines), before);
        started.end.register();
        process.getOutputStream().close();
        return started;
    }

    /** Whether the function's process is still there. */
    public boolean isRunning() {
        return !exited.isDone();
    }

    /** Waits until the function asks for its first event; the reason if it never will. */
    public Optional<FunctionError> awaitReady() {
        return api.ready().join();
    }

    /** How long the function took until it asked for its first event, or failed to. */
    public Duration initDuration() {
        return initialized.join();
    }

    /**
     * Hands the function an event and waits for what comes of it. A function that cannot go on is ended.
     *
     * @throws EnvironmentFailure if it was never started, for something that is not its fault
     */
    public InvocationResult invoke(Invocation invocation) {
        InvocationResult result = answer(api.offer(invocation));
        if (result instanceof InvocationResult.Failed failed) {
            letPrint(failed.error().cause());
        }
        return result;
    }

    /** Has all that a function prints of its failure, for the interface client does so only after it has told of it. */
    private void letPrint(FunctionError.Cause failure) {
        if (failure.isFinal()) {
            processes.kill();
            // Its end is taken note of on another thread, and it may not be handed the next event before that.
            exited.exceptionally(unknown -> null)
                    .completeOnTimeout(null, LOG_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            log.close(LOG_LIMIT);
            checkStart();
        } else {
            api.awaitNext(LOG_LIMIT);
        }
    }

    private void checkStart() {
        if (exited.isDone() && awaitReady().isPresent()) {
            processes.startFailure().ifPresent(problem -> {
                throw new EnvironmentFailure(problem);
            });
        }
    }

    /** Looks at the memory while it waits, for a process that has ended tells nothing any more. */
    private InvocationResult answer(CompletableFuture<InvocationResult> answer) {
        do {
            look();
            answer.thenAccept(result -> {})
                    .completeOnTimeout(null, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        } while (!answer.isDone());
        look();
        return answer.join();
    }

    private void look() {
        peak = Math.max(peak, processes.peakMemory());
    }

    /** The most memory that the function had when its memory was looked at, in bytes; 0 where the system does not tell. */
    public long peakMemory() {
        return peak;
    }

    /** Begins the log of an invocation with a line that Lambda itself would write. */
    public void beginLog(String line) {
        log.begin(line);
    }

    /** Adds a line to the function's log that Lambda itself would write. */
    public void log(String line) {
        log.add(line);
    }

    /** The end of what the function has printed, at most 4 KB, since the log of the last invocation was begun. */
    public String logTail() {
        return log.tail();
    }

    /** The same, with what the function prints within this time; one that has ended is not waited for. */
    public String logTail(Duration limit) {
        log.await(limit);
        return log.tail();
    }

    /**
     * Ends the function as a system that shuts down does, with SIGTERM, and after this time anyway.
     *
     * @return whether SIGTERM was enough
     */
    public boolean terminate(Duration limit) {
        boolean ended = processes.terminate(limit);
        close();
        return ended;
    }

    @Override
    public void close() {
        end.run();
        api.close();
        log.close(LOG_LIMIT);
    }
}
