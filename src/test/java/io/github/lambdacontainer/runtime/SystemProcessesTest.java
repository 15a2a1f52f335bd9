package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class SystemProcessesTest {

    private final Path java = JdkReader.program(TestJdks.own(), "java");

    @Test
    void aProgramThatDoesNotEndIsEnded() {
        assertThatThrownBy(() -> new SystemProcesses(Duration.ofMillis(1)).run(java, List.of("-version"), Map.of()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage(java + " did not end within 0 seconds."
                        + "\n  Setting: <runtime><jdk> (-Dlambda-container.runtime.jdk)"
                        + "\n  Next: Run it by hand to see what holds it up, or name another JDK.");
    }

    @Test
    void exitCodeAndBothOutputsAreKept() {
        Processes.Outcome outcome =
                new SystemProcesses(SystemProcesses.LIMIT).run(java, List.of("--version", "--no-such"), Map.of());
        assertThat(outcome.output()).contains(Integer.toString(Runtime.version().feature()));
        Processes.Outcome failed = new SystemProcesses(SystemProcesses.LIMIT).run(java, List.of("--no-such"), Map.of());
        assertThat(failed.succeeded()).isFalse();
        assertThat(failed.errors()).contains("--no-such");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void whatIsWrittenToOneOutputNeverWaitsForTheOther() {
        Processes.Outcome outcome = new SystemProcesses(Duration.ofMinutes(1))
                .run(Path.of("/bin/sh"), List.of("-c", "head -c 3000000 /dev/zero >&2; echo done"), Map.of());
        assertThat(outcome.output()).isEqualTo("done\n");
        assertThat(outcome.errors()).hasSize(1 << 20);
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new SystemProcesses(SystemProcesses.LIMIT)
                        .run(Path.of("/no/such/program"), List.of(), Map.of()))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageStartingWith("/no/such/program could not be run: ");
    }
}
