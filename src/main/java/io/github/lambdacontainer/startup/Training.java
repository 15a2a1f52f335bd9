package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.emulator.FunctionError;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.emulator.RuntimeApi;
import io.github.lambdacontainer.plan.ArchiveKind;
import io.github.lambdacontainer.plan.StartupPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One training: a run that records what starting the function and answering events loads, the dump of that, and a run
 * from another directory that fails unless the virtual machine takes the archive there.
 */
final class Training {

    /** Where a class path may begin with another directory than at the dump (JDK-8279366). */
    private static final int MOVES_SINCE = 19;

    /**
     * The most that a function on Lambda has: on a larger machine the heap would be one that is addressed otherwise, and
     * no virtual machine on Lambda would take the archive.
     */
    private static final String MEMORY = "-XX:MaxRAM=10g";

    private final TrainingRequest request;
    private final List<Event> events;
    private final Path work;
    private final StartupPlan plan;
    private final Duration limit;
    private final AtomicReference<@Nullable JavaProcess> running = new AtomicReference<>();
    private volatile boolean stopped;

    Training(TrainingRequest request, List<Event> events, Path work) {
        this.request = request;
        this.events = events;
        this.work = work;
        this.plan = request.plan();
        this.limit = request.settings().timeout();
    }

    /** The archive, verified, in the work directory. */
    Path run() throws IOException, TrainingException {
        Path first = work.resolve("training");
        ImageRoot.unpack(request.layers(), first);
        Path recording = work.resolve("recording");
        Path archive = work.resolve(plan.kind().fileName());
        serve("the training run", first, plan.kind().record(recording.toString()), events);
        if (!Files.isRegularFile(recording)) {
            throw new TrainingException("the training run recorded nothing", "");
        }
        dump(first, recording, archive);
        // Another directory than that of the training, as it will be in the image.
        Path second = Files.move(first, work.resolve("verification"));
        serve("the virtual machine with the archive", second, plan.kind().insist(archive.toString()), List.of());
        return archive;
    }

    /** Ends what runs, when the build is ended from outside. */
    void stop() {
        stopped = true;
        JavaProcess process = running.get();
        if (process != null) {
            process.close();
        }
    }

    private void dump(Path root, Path recording, Path archive) throws IOException, TrainingException {
        List<String> flags = plan.kind().create(recording.toString(), archive.toString());
        TrainingCommand command = new TrainingCommand(new Relocation(root), work);
        List<String> words = plan.kind() == ArchiveKind.CDS && plan.java() < MOVES_SINCE
                ? command.fromDirectory(words(flags), request.workingDirectory())
                : command.absolute(words(flags));
        try (JavaProcess process = start(words, root, Map.of())) {
            OptionalInt exit = process.await(limit);
            if (exit.isEmpty()) {
                throw failed(process, "the dump did not end within " + limit.toSeconds() + " seconds");
            }
            if (exit.getAsInt() != 0 || !Files.isRegularFile(archive)) {
                throw failed(process, "the dump failed with exit code " + exit.getAsInt());
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private void serve(String run, Path root, List<String> flags, List<Event> offered)
            throws IOException, TrainingException {
        List<String> words = new TrainingCommand(new Relocation(root), work).absolute(words(flags));
        try (RuntimeApi api = RuntimeApi.start(limit);
                JavaProcess process = start(words, root, Map.of("AWS_LAMBDA_RUNTIME_API", api.address()))) {
            var unused = process.exit().thenAccept(code -> api.end(FunctionError.exited(code)));
            Optional<FunctionError> notReady = api.ready().join();
            if (notReady.isPresent()) {
                throw failed(process, run + " did not get to its first event: " + text(notReady.get()));
            }
            for (Event event : offered) {
                if (api.invoke(Invocation.of(event.payload(), limit)) instanceof InvocationResult.Failed answer) {
                    throw failed(process, run + " failed on the event " + event.name() + ": " + text(answer.error()));
                }
            }
            process.terminate();
            if (process.await(limit).isEmpty()) {
                throw failed(process, run + " did not end within " + limit.toSeconds() + " seconds of SIGTERM");
            }
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private List<String> words(List<String> flags) {
        List<String> words = new ArrayList<>(
                plan.command(Stream.concat(flags.stream(), Stream.of(MEMORY)).toList()));
        words.addAll(request.cmd());
        return words;
    }

    private JavaProcess start(List<String> words, Path root, Map<String, String> more)
            throws IOException, TrainingException {
        Relocation relocation = new Relocation(root);
        Map<String, String> environment = new TreeMap<>(LambdaVariables.of(request.cmd()));
        request.environment().forEach((name, value) -> environment.put(name, relocation.absolute(value)));
        environment.computeIfPresent("LD_LIBRARY_PATH", (name, value) -> LambdaVariables.libraryPath(value, root));
        environment.putAll(request.settings().environment());
        environment.putAll(more);
        Path directory = Files.createDirectories(relocation.file(request.workingDirectory()));
        if (stopped) {
            throw interrupted();
        }
        try {
            JavaProcess process = JavaProcess.start(words, directory, environment);
            running.set(process);
            return process;
        } catch (IOException e) {
            throw new TrainingException(
                    "the image's Java does not start on this machine, which may lack the C library that it was built"
                            + " for (" + e.getMessage() + ")",
                    "");
        }
    }

    private TrainingException failed(JavaProcess process, String what) {
        return new TrainingException(
                what, process.output(request.settings().environment().values()));
    }

    private static String text(FunctionError error) {
        return error.type() + (error.message().isEmpty() ? "" : ": " + error.message());
    }

    private static TrainingException interrupted() {
        Thread.currentThread().interrupt();
        return new TrainingException("the build was interrupted", "");
    }
}
