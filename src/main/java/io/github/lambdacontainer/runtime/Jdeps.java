package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.plan.Jdk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The program {@code jdeps} of a JDK. */
final class Jdeps {

    private static final Pattern MODULES = Pattern.compile("[A-Za-z0-9_.]+(,[A-Za-z0-9_.]+)*");

    /** Missing dependencies are optional ones as a rule; before 12 (JDK-8213909) jdeps passed over them by itself. */
    private static final int REPORTS_MISSING_SINCE = 12;

    /** Windows takes command lines of 32,767 characters. */
    private static final int LONGEST_COMMAND = 24_000;

    private final Jdk jdk;
    private final Processes processes;

    Jdeps(Jdk jdk, Processes processes) {
        this.jdk = jdk;
        this.processes = processes;
    }

    /** The modules of the JDK that these jars and directories use, or empty if jdeps cannot read them. */
    Optional<Set<String>> modules(List<Path> paths) {
        Set<String> modules = new TreeSet<>();
        for (List<Path> batch : batches(paths)) {
            Optional<Set<String>> found = run(batch);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            modules.addAll(found.get());
        }
        return Optional.of(modules);
    }

    private Optional<Set<String>> run(List<Path> paths) {
        List<String> arguments =
                new ArrayList<>(List.of("--multi-release", Integer.toString(jdk.feature()), "--print-module-deps"));
        if (jdk.feature() >= REPORTS_MISSING_SINCE) {
            arguments.add("--ignore-missing-deps");
        }
        paths.forEach(path -> arguments.add(path.toString()));
        Processes.Outcome outcome =
                processes.run(JdkReader.program(jdk.home(), "jdeps"), arguments, Map.of("LC_ALL", "C.UTF-8"));
        return outcome.succeeded() ? lastLineOfModules(outcome.output()) : Optional.empty();
    }

    /** Warnings may come before it. */
    private static Optional<Set<String>> lastLineOfModules(String output) {
        return output.lines()
                .map(String::strip)
                .filter(line -> MODULES.matcher(line).matches())
                .reduce((first, second) -> second)
                .map(line -> new TreeSet<>(Arrays.asList(line.split(",", -1))));
    }

    private static List<List<Path>> batches(List<Path> paths) {
        List<List<Path>> batches = new ArrayList<>();
        int length = LONGEST_COMMAND;
        for (Path path : paths) {
            length += path.toString().length() + 3;
            if (length > LONGEST_COMMAND) {
                batches.add(new ArrayList<>());
                length = path.toString().length();
            }
            batches.get(batches.size() - 1).add(path);
        }
        return batches;
    }
}
