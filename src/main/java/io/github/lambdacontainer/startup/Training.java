package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.emulator.FunctionError;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.local.ExecutionEnvironment;
import io.github.lambdacontainer.local.FunctionSettings;
import io.github.lambdacontainer.local.StagedFiles;
import io.github.lambdacontainer.local.StagedProgram;
import io.github.lambdacontainer.plan.StartupPlan;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * One training in an image that is laid out here: a run that records what starting the function and answering events
 * loads, the dump of that, and a run that fails unless the virtual machine takes the archive.
 */
final class Training {

    private static final String NAME = "function";

    /** Lambda's memory in MB, as the function is told. */
    private static final int MEMORY = 512;

    /**
     * The most that a function on Lambda has: on a larger machine the heap would be one that is addressed otherwise, and
     * no virtual machine on Lambda would take the archive.
     */
    private static final String MOST_MEMORY = "-XX:MaxRAM=10g";

    /** The one directory of an image that can be written to. */
    private static final String WRITABLE = "/tmp/";

    /** The interface client prints an error only after it has sent it. */
    private static final Duration ERROR_LOG_LIMIT = Duration.ofMillis(200);

    private static final String RECORDING = "startup.recording";

    private final TrainingRequest request;
    private final StagedFiles image;
    private final StartupPlan plan;
    private final FunctionSettings function;

    Training(TrainingRequest request, StagedFiles image) {
        this.request = request;
        this.image = image;
        this.plan = request.plan();
        this.function = new FunctionSettings(
                NAME, MEMORY, request.settings().timeout(), request.settings().environment());
    }

    /** The archive of a run with these events, in the image's temporary directory. */
    Path archive(List<Event> events) throws IOException, TrainingException {
        serve("the training run", plan.kind().record(WRITABLE + RECORDING), events);
        if (!Files.isRegularFile(image.temporary().resolve(RECORDING))) {
            throw new TrainingException("the training run recorded nothing", "");
        }
        dump();
        return file();
    }

    /** Where the archive is. */
    Path file() {
        return image.temporary().resolve(plan.kind().fileName());
    }

    /** Starts the function with the archive. */
    void verify() throws IOException, TrainingException {
        serve("the virtual machine with the archive", plan.kind().insist(archiveInImage()), List.of());
    }

    private String archiveInImage() {
        return WRITABLE + plan.kind().fileName();
    }

    private void dump() throws IOException, TrainingException {
        checkInterruption();
        List<String> flags = plan.kind().create(WRITABLE + RECORDING, archiveInImage());
        try (StagedProgram program = StagedProgram.start(image, words(flags))) {
            OptionalInt exit = program.await(limit());
            if (exit.isEmpty()) {
                throw failed(program.logTail(), "the dump did not end within " + limit().toSeconds() + " seconds");
            }
            if (exit.getAsInt() != 0 || !Files.isRegularFile(file())) {
                throw failed(program.logTail(), "the dump failed with exit code " + exit.getAsInt());
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void serve(String run, List<String> flags, List<Event> offered) throws IOException, TrainingException {
        checkInterruption();
        clearTemporaryFiles();
        try (ExecutionEnvironment started =
                ExecutionEnvironment.start(image, words(flags), function, limit(), line -> {})) {
            Optional<String> failure = answer(started, offered)
                    .or(() -> started.terminate(limit())
                            ? Optional.empty()
                            : Optional.of(" did not end within " + limit().toSeconds() + " seconds of SIGTERM"));
            if (failure.isPresent()) {
                throw failed(started.logTail(ERROR_LOG_LIMIT), run + failure.get());
            }
        }
    }

    /** On Lambda nothing is there when the function starts. */
    private void clearTemporaryFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(image.temporary())) {
            for (Path file : files) {
                if (!file.equals(file())) {
                    Trees.delete(file);
                }
            }
        }
    }

    /** What went wrong, in words that follow the name of the run. */
    private Optional<String> answer(ExecutionEnvironment started, List<Event> offered) {
        Optional<FunctionError> notReady = started.awaitReady();
        if (notReady.isPresent()) {
            return Optional.of(" did not get to its first event: " + text(notReady.get()));
        }
        for (Event event : offered) {
            if (started.invoke(Invocation.of(event.payload(), limit())) instanceof InvocationResult.Failed answer) {
                return Optional.of(" failed on the event " + event.name() + ": " + text(answer.error()));
            }
        }
        return Optional.empty();
    }

    private List<String> words(List<String> flags) {
        List<String> words = new ArrayList<>(plan.command(
                Stream.concat(flags.stream(), Stream.of(MOST_MEMORY)).toList()));
        words.addAll(request.cmd());
        return words;
    }

    private Duration limit() {
        return request.settings().timeout();
    }

    private TrainingException failed(String output, String what) {
        return new TrainingException(hidden(what), hidden(output));
    }

    private String hidden(String text) {
        return Secrets.hide(text, request.settings().environment().values());
    }

    private static String text(FunctionError error) {
        return error.type() + (error.message().isEmpty() ? "" : ": " + error.message());
    }

    private static void checkInterruption() throws TrainingException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
    }

    private static TrainingException interrupted() {
        Thread.currentThread().interrupt();
        return new TrainingException("the build was interrupted", "");
    }
}
