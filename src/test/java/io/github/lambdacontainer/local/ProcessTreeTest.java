package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** When the processes of a function count as ended. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class ProcessTreeTest {

    private static final String SHELL_THAT_BECOMES_A_SLEEP = "sleep 600 & echo $!; exec sleep 600";

    private final String run = UUID.randomUUID().toString();

    @Test
    void aProcessWhoseEndNobodyTakesNoteOfHasEnded() throws Exception {
        Process parent = start("sh", "-c", SHELL_THAT_BECOMES_A_SLEEP);
        try {
            ProcessHandle child = childOfASleep(parent);
            assertThat(ProcessTree.isRunning(child)).isTrue();
            child.destroyForcibly();
            while (ProcessTree.isRunning(child)) {
                Thread.sleep(5);
            }
            assertThat(child.isAlive()).isTrue();
        } finally {
            end(parent);
        }
    }

    @Test
    void aFunctionIsEndedThoughNobodyTakesNoteOfItsChild() throws Exception {
        Process parent = start("sh", "-c", SHELL_THAT_BECOMES_A_SLEEP);
        try {
            ProcessHandle child = childOfASleep(parent);
            new ProcessTree(parent, "RUN=" + run).kill();
            assertThat(List.of(parent.toHandle(), child)).noneMatch(ProcessTree::isRunning);
        } finally {
            end(parent);
        }
    }

    private static void end(Process parent) {
        parent.descendants().forEach(ProcessHandle::destroyForcibly);
        parent.destroyForcibly();
    }

    private Process start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("RUN", run);
        return builder.start();
    }

    /** Once the sleep has taken the shell's place: it does not know of the shell's child, of whose end the shell would. */
    private static ProcessHandle childOfASleep(Process parent) throws Exception {
        BufferedReader lines = parent.inputReader();
        ProcessHandle child = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
        Path name = Path.of("/proc", Long.toString(parent.pid()), "comm");
        while (!Files.readString(name).equals("sleep\n")) {
            Thread.sleep(5);
        }
        return child;
    }
}
