package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.build.BuildRequest;
import io.github.lambdacontainer.emulator.FunctionError;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.emulator.InvokeApi;
import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.local.ChangeWatch;
import io.github.lambdacontainer.local.FunctionPool;
import io.github.lambdacontainer.local.FunctionSettings;
import io.github.lambdacontainer.local.StagedImage;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.ProjectInput;
import io.github.lambdacontainer.report.RunLog;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs the function of an image on this machine, for one event or until it is told to end. */
final class Running {

    private static final int FIRST_PORT = 8080;
    private static final int LAST_PORT = 8180;
    private static final long BETWEEN_LOOKS_MILLIS = 300;

    private final Supplier<List<BuildRequest>> requests;
    private final FunctionImages images;
    private final FunctionSettings settings;
    private final RunLog log;

    Running(Supplier<List<BuildRequest>> requests, FunctionImages images, FunctionSettings settings, RunLog log) {
        this.requests = requests;
        this.images = images;
        this.settings = settings;
        this.log = log;
    }

    /**
     * Sends one event and prints the response.
     *
     * @throws UserFailure if the function fails
     */
    void invoke(Supplier<Payload> event) {
        // The image is made meanwhile.
        CompletableFuture<Payload> reading = CompletableFuture.supplyAsync(event);
        StagedImage image = stage(reading);
        log.runs(image.way());
        try (FunctionPool function = new FunctionPool(image, settings, 1, log::line)) {
            InvocationResult result = function.invoke(Invocation.of(read(reading), settings.timeout())
                            .withFunctionArn(Invocation.functionArn(settings.name())))
                    .result();
            if (result instanceof InvocationResult.Failed failed) {
                throw failure(failed.error());
            }
            log.response(result.payload().bytes());
        }
    }

    private StagedImage stage(CompletableFuture<Payload> event) {
        try {
            return images.stage(request());
        } catch (Failure e) {
            // What is wrong with the event is the nearer mistake.
            if (event.isCompletedExceptionally()) {
                read(event);
            }
            throw e;
        }
    }

    private static Payload read(CompletableFuture<Payload> reading) {
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentFailure(Problem.of(
                    "The build was interrupted while it waited for the event.", "Run it again when you like."));
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }

    private static UserFailure failure(FunctionError error) {
        StringBuilder text = new StringBuilder("The function failed: " + error.type() + ": " + error.message());
        error.trace().forEach(line -> text.append("\n    at ").append(line));
        return new UserFailure(
                switch (error.cause()) {
                    case TIMEOUT ->
                        Problem.of(text.toString(), "invoke.timeout", "Give it more time, or see what it waits for.");
                    case RESPONSE ->
                        Problem.of(text.toString(), "Answer with less; larger results belong in a place such as S3.");
                    case EXIT, STOPPED ->
                        Problem.of(text.toString(), "invoke.memory", "See its log above; it may need more memory.");
                    case HANDLER, INITIALIZATION ->
                        Problem.of(text.toString(), "invoke.event", "Mend the function, or send another event.");
                });
    }

    /** Serves the function until the thread is interrupted or the JVM told to end. */
    void serve(ServeOptions options) {
        List<Problem> problems = new ArrayList<>();
        int most = RunSettings.number(options.concurrency(), 1, 100, "serve.concurrency", "events", problems);
        boolean named = !options.port().isEmpty();
        int port = named ? RunSettings.number(options.port(), 1, 65535, "serve.port", "a port", problems) : FIRST_PORT;
        if (!problems.isEmpty()) {
            throw new UserFailure(problems);
        }
        BuildRequest request = request();
        List<Path> watched = watched(request.project());
        // Before the image is made: what changes in the meantime may not be in it.
        ChangeWatch watch = new ChangeWatch(watched);
        StagedImage image = images.stage(request);
        try (FunctionPool functions = new FunctionPool(image, settings, most, log::line);
                InvokeApi api = listen(port, named ? port : LAST_PORT, candidate -> serve(candidate, functions))) {
            log.runs(image.way());
            log.serves("http://127.0.0.1:" + api.port(), most);
            restartOnChange(request, functions, watch, watched);
        }
    }

    private InvokeApi serve(int port, FunctionPool functions) throws IOException {
        return InvokeApi.start(port, settings.timeout(), functions::invoke, log::line);
    }

    /** The classes of the project and of the modules of its build that are not packaged. */
    static List<Path> watched(ProjectInput project) {
        return Stream.concat(
                        Stream.of(project.classesDirectory()),
                        project.dependencies().stream()
                                .filter(dependency -> dependency.origin() == Dependency.Origin.REACTOR)
                                .map(Dependency::path)
                                .filter(Files::isDirectory))
                .toList();
    }

    /** Serves at a port. */
    interface Opening {
        InvokeApi at(int port) throws IOException;
    }

    /** Serves at the first of these ports that can be opened. */
    static InvokeApi listen(int first, int last, Opening opening) {
        for (int port = first; ; port++) {
            try {
                return opening.at(port);
            } catch (BindException e) {
                if (port == last) {
                    throw closed(first == last ? "Port " + first : "The ports " + first + " to " + last, e);
                }
            } catch (IOException e) {
                throw new EnvironmentFailure(
                        Problem.of(
                                "The function cannot be served at port " + port + ": " + e.getMessage() + ".",
                                "serve.port",
                                "Name another port."),
                        e);
            }
        }
    }

    /** Somebody else has the port, or this user may not open it. */
    private static UserFailure closed(String ports, BindException cause) {
        return new UserFailure(
                List.of(Problem.of(
                        ports + " cannot be opened on this machine: " + cause.getMessage() + ".",
                        "serve.port",
                        "End what listens there, name another port, or leave the setting out to take a free one.")),
                cause);
    }

    private void restartOnChange(BuildRequest request, FunctionPool functions, ChangeWatch watch, List<Path> watched) {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS_MILLIS);
                if (watch.hasChanged()) {
                    replace(request, functions, watched);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void replace(BuildRequest request, FunctionPool functions, List<Path> watched) {
        try {
            functions.replace(images.stage(request));
            log.restarts(watched);
        } catch (Failure e) {
            log.keepsOld(String.valueOf(e.getMessage()));
        }
    }

    private BuildRequest request() {
        return images.choose(requests.get());
    }
}
