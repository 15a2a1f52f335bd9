package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.local.FunctionSettings;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of running functions as values.
 *
 * @param function what Lambda would be told of the function
 * @param engine where it runs
 */
record RunSettings(FunctionSettings function, FunctionImages.Engine engine) {

    /**
     * Reads the settings of a function.
     *
     * @param buildEnvironment the variables of the build
     * @throws UserFailure if a value is none, with all that are none
     */
    static RunSettings of(InvokeOptions options, String name, Map<String, String> buildEnvironment) {
        List<Problem> problems = new ArrayList<>();
        int memory = number(options.memory(), 128, 10240, "invoke.memory", "megabytes", problems);
        int timeout = number(options.timeout(), 1, 900, "invoke.timeout", "seconds", problems);
        FunctionImages.Engine engine = engine(options.engine(), problems);
        Map<String, String> environment = Variables.read(
                        options.environment(), buildEnvironment, "invoke.environment", "the function", problems)
                .values();
        if (!problems.isEmpty()) {
            throw new UserFailure(problems);
        }
        return new RunSettings(new FunctionSettings(name, memory, Duration.ofSeconds(timeout), environment), engine);
    }

    private static FunctionImages.Engine engine(String text, List<Problem> problems) {
        for (FunctionImages.Engine engine : FunctionImages.Engine.values()) {
            if (engine.name().equals(text.strip().toUpperCase(Locale.ROOT))) {
                return engine;
            }
        }
        problems.add(Problem.of(
                "'" + text + "' is not a value of this setting.",
                "invoke.engine",
                "Take one of: auto, docker, none, podman."));
        return FunctionImages.Engine.AUTO;
    }

    /** A whole number between two, or a problem and the lower one. */
    static int number(String text, int least, int most, String setting, String unit, List<Problem> problems) {
        String digits = text.strip();
        int value = digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : -1;
        if (value >= least && value <= most) {
            return value;
        }
        problems.add(Problem.of(
                "'" + text + "' is not a number of " + unit + " from " + least + " to " + most + ".",
                setting,
                "Give a whole number between the two, or leave the setting out."));
        return least;
    }
}
