package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
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

    private final String run = UUID.randomUUID().toString();

    @Test
    void aProcessWhoseEndNobodyTakesNoteOfHasEnded() throws Exception {
        // A sleep that has taken a shell's place does not know of the shell's child.
        Process parent = start("sh", "-c", "sleep 600 & echo $!; exec sleep 600");
        try {
            ProcessHandle child = printed(parent);
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
        Process parent = start("sh", "-c", "sleep 600 & echo $!; exec sleep 600");
        try {
            ProcessHandle child = printed(parent);
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

    private static ProcessHandle printed(Process parent) throws IOException {
        BufferedReader lines = parent.inputReader();
        return ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
    }
}
