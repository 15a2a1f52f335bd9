package io.github.lambdacontainer.local;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A running program of an image that is no function, such as a virtual machine that only writes an archive. Closing it
 * ends it with all that it started; an interrupted build does so too.
 */
public final class StagedProgram implements AutoCloseable {

    private static final Duration LOG_LIMIT = Duration.ofSeconds(1);
    private static final String RUN = "LAMBDA_CONTAINER_RUN";

    private final ProcessTree processes;
    private final FunctionLog log;
    private final ExitHook end;

    private StagedProgram(ProcessTree processes, FunctionLog log) {
        this.processes = processes;
        this.log = log;
        this.end = new ExitHook(processes::kill);
    }

    /**
     * Starts a command of an image. Files that its argument files name are named by paths that hold in the image, too.
     *
     * @param image the image, which has to stay as long as the program runs
     * @param command the command, with paths of the image
     * @throws IOException if the command cannot be started
     */
    public static StagedProgram start(StagedFiles image, List<String> command) throws IOException {
        String run = UUID.randomUUID().toString();
        Process process = image.relocatable(command, Map.of(RUN, run))
                .redirectErrorStream(true)
                .start();
        StagedProgram started =
                new StagedProgram(new ProcessTree(process, RUN + "=" + run), new FunctionLog(process, line -> {}));
        started.end.register();
        process.getOutputStream().close();
        return started;
    }

    /** Waits for its exit code; nothing if it takes longer than this. */
    public OptionalInt await(Duration limit) throws InterruptedException {
        Process process = processes.process();
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** The end of what the program has printed, at most 4 KB, all of it if it has ended. */
    public String logTail() {
        log.await(LOG_LIMIT);
        return log.tail();
    }

    @Override
    public void close() {
        end.run();
        log.close(LOG_LIMIT);
    }
}
