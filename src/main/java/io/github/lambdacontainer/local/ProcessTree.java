package io.github.lambdacontainer.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process and all that it started, also those whose parent has ended: a variable of their environment tells them, or
 * that they were seen below the process before. Outside of a namespace nothing else would; a process that has another
 * environment, and whose parent ends before anybody looks, is not found.
 */
final class ProcessTree implements FunctionProcesses {

    private static final Path PROC = Path.of("/proc");
    private static final Duration END_LIMIT = Duration.ofSeconds(5);
    private static final long BETWEEN_LOOKS_MILLIS = 5;

    /** A process that has ended and all of whose threads have (Linux, {@code proc_pid_status(5)}). */
    private static final List<String> ENDED = List.of("State:\tZ (zombie)", "Threads:\t1");

    private final Process process;
    private final String variable;
    private final Set<ProcessHandle> seen = ConcurrentHashMap.newKeySet();

    /**
     * A process that was just started.
     *
     * @param process the first process
     * @param variable a variable with a value that no other process has, {@code name=value}
     */
    ProcessTree(Process process, String variable) {
        this.process = process;
        this.variable = variable;
    }

    @Override
    public Process process() {
        return process;
    }

    @Override
    public boolean terminate(Duration limit) {
        function().destroy();
        boolean ended = await(process.toHandle(), limit);
        kill();
        return ended;
    }

    @Override
    public void kill() {
        List<ProcessHandle> all = all();
        while (!all.isEmpty()) {
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(handle -> await(handle, END_LIMIT));
            // What was started meanwhile; a process that cannot be ended is not tried for ever.
            List<ProcessHandle> before = all;
            all = all().stream().filter(Predicate.not(before::contains)).toList();
        }
    }

    /** The function's own process: the innermost of those that only start it. */
    private ProcessHandle function() {
        ProcessHandle handle = process.toHandle();
        List<ProcessHandle> children = handle.children().toList();
        boolean starter = handle.info().command().orElse("").endsWith("/unshare");
        return starter && children.size() == 1 ? children.get(0) : handle;
    }

    /** Orphans are left out: to find them takes a look at every process of the machine. */
    @Override
    public long peakMemory() {
        return below(process.toHandle()).mapToLong(ProcessTree::peakMemory).sum();
    }

    private List<ProcessHandle> all() {
        Set<ProcessHandle> all = below(process.toHandle()).collect(Collectors.toSet());
        seen.stream()
                .filter(Predicate.not(all::contains))
                .toList()
                .forEach(orphan -> below(orphan).forEach(all::add));
        ProcessHandle.allProcesses().filter(this::hasVariable).forEach(all::add);
        return all.stream().filter(ProcessTree::isRunning).toList();
    }

    /** A process and what descends from it, which is remembered for as long as it lives. */
    private Stream<ProcessHandle> below(ProcessHandle first) {
        if (!first.isAlive()) {
            // The system may have given its number to another process, whose children the JDK would take for its own.
            return Stream.empty();
        }
        List<ProcessHandle> all =
                Stream.concat(Stream.of(first), first.descendants()).toList();
        seen.removeIf(Predicate.not(ProcessHandle::isAlive));
        seen.addAll(all);
        return all.stream();
    }

    private boolean hasVariable(ProcessHandle handle) {
        try {
            byte[] environment = Files.readAllBytes(of(handle, "environ"));
            return List.of(new String(environment, StandardCharsets.ISO_8859_1).split("\0"))
                    .contains(variable);
        } catch (IOException e) {
            return false;
        }
    }

    static long peakMemory(ProcessHandle handle) {
        return status(handle).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static Path of(ProcessHandle handle, String file) {
        return PROC.resolve(Long.toString(handle.pid())).resolve(file);
    }

    /**
     * Whether it ends within the limit. Looks often: the JDK looks at processes of other parents so seldom that an end
     * takes a second, and a {@link Process} knows of its end later than its handle.
     */
    private static boolean await(ProcessHandle handle, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (isRunning(handle) && System.nanoTime() < end) {
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
        return !isRunning(handle);
    }

    /** Whether it has not ended; one whose end its parent has not taken note of yet has, though the JDK calls it alive. */
    static boolean isRunning(ProcessHandle handle) {
        return handle.isAlive() && !status(handle).containsAll(ENDED);
    }

    /** What the system tells of a process, nothing where it tells nothing. */
    private static List<String> status(ProcessHandle handle) {
        try {
            return Files.readAllLines(of(handle, "status"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}
