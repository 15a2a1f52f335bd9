package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.BuildMachine;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the settings of the startup archive into values. */
final class StartupInputs {

    private static final Path DEFAULT_EVENTS = Path.of("src", "lambda", "events");
    private static final long DEFAULT_TIMEOUT = 60;
    private static final long LONGEST_TIMEOUT = 3600;

    private final Path baseDirectory;
    private final Map<String, String> buildEnvironment;
    private final List<Problem> problems;

    StartupInputs(Path baseDirectory, Map<String, String> buildEnvironment, List<Problem> problems) {
        this.baseDirectory = baseDirectory;
        this.buildEnvironment = buildEnvironment;
        this.problems = problems;
    }

    StartupSettings of(StartupOptions options, StartupSettings.Mode mode) {
        if (mode == StartupSettings.Mode.NONE) {
            return settings(mode, false, Optional.empty(), new Variables(Map.of(), Set.of()), DEFAULT_TIMEOUT);
        }
        return settings(mode, options.required(), events(options), environment(options), timeout(options));
    }

    private static StartupSettings settings(
            StartupSettings.Mode mode, boolean required, Optional<Path> events, Variables variables, long timeout) {
        return new StartupSettings(
                mode,
                required,
                events,
                variables.values(),
                variables.ofBuild(),
                Duration.ofSeconds(timeout),
                machine());
    }

    private static BuildMachine machine() {
        String architecture = System.getProperty("os.arch");
        return new BuildMachine(
                System.getProperty("os.name"),
                Architecture.ofOciName(architecture.equals("aarch64") ? "arm64" : architecture));
    }

    /** Where a project keeps its events, whether or not there are any. */
    static Path eventsDirectory(Path baseDirectory, StartupOptions options) {
        return baseDirectory.resolve(
                options.events() == null ? DEFAULT_EVENTS : options.events().toPath());
    }

    private Optional<Path> events(StartupOptions options) {
        Path directory = eventsDirectory(baseDirectory, options);
        if (options.events() == null) {
            return Optional.of(directory).filter(Files::isDirectory);
        }
        if (!Files.isDirectory(directory)) {
            problems.add(Problem.of(
                    "The directory of events '" + directory + "' does not exist.",
                    "startup.events",
                    "Make it, name another one, or leave the setting out to have the function only initialised."));
        }
        return Optional.of(directory);
    }

    private Variables environment(StartupOptions options) {
        return Variables.read(
                options.environment(), buildEnvironment, "startup.environment", "the training run", problems);
    }

    private long timeout(StartupOptions options) {
        String text = options.timeout();
        if (text == null || text.isBlank()) {
            return DEFAULT_TIMEOUT;
        }
        if (text.strip().matches("\\d{1,9}")) {
            long seconds = Long.parseLong(text.strip());
            if (seconds >= 1 && seconds <= LONGEST_TIMEOUT) {
                return seconds;
            }
        }
        problems.add(Problem.of(
                "'" + text + "' is not a time limit.",
                "startup.timeout",
                "Give whole seconds from 1 to " + LONGEST_TIMEOUT + "."));
        return DEFAULT_TIMEOUT;
    }
}
