package io.github.lambdacontainer.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real processes, with the names of the programs that were run. */
final class CountingProcesses implements Processes {

    private final List<String> programs = new CopyOnWriteArrayList<>();
    private final Processes real = new SystemProcesses(SystemProcesses.LIMIT);

    @Override
    public Outcome run(Path program, List<String> arguments, Map<String, String> environment) {
        programs.add(program.getFileName().toString());
        return real.run(program, arguments, environment);
    }

    /** The programs run since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(programs);
        programs.clear();
        return taken;
    }
}
