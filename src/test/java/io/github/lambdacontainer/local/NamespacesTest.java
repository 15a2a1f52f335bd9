package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a program in a namespace is given; its base is this machine's /usr, where all programs and libraries are. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class NamespacesTest {

    private static final Path BASE = Path.of("/usr");

    @TempDir
    private Path directory;

    private WorkDirectory work;
    private Namespaces way;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue(Files.isSymbolicLink(Path.of("/bin")), "Programs are not only in /usr on this machine");
        work = WorkDirectory.create(directory);
        way = new Namespaces(BASE, List.of(), work);
        way.prepare();
        assumeTrue(way.refusal().isEmpty(), "No namespace can be made on this machine");
    }

    @AfterEach
    void close() {
        if (work != null) {
            work.close();
        }
    }

    @Test
    void itHasTheVariablesAsTheyAreAndNoOther() throws Exception {
        Map<String, String> variables = new TreeMap<>(Map.of(
                "root", "/",
                "directory", "of the function",
                "mount", "",
                "PATH", "/nowhere",
                "my.var", "a ${N0} \"b\" 'c' \\ #",
                "-a", "-i",
                "PWD", "/elsewhere",
                "V0", "its own"));
        assertThat(environment(variables))
                .containsExactlyInAnyOrderElementsOf(variables.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
        assertThat(environment(Map.of())).isEmpty();
    }

    private List<String> environment(Map<String, String> variables) throws Exception {
        ShortRun run = ShortRun.of(way.process(List.of("/bin/env"), variables, "/"), Duration.ofSeconds(20))
                .orElseThrow();
        assertThat(run.exitCode()).isZero();
        return run.output().lines().toList();
    }
}
