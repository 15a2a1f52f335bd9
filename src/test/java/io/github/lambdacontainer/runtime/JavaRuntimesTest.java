package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.JavaRuntimePlan;
import io.github.lambdacontainer.plan.Jdk;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimesTest {

    private static final String SOURCE = "public class A { java.sql.Connection c; }";

    @TempDir
    Path directory;

    private final CountingProcesses processes = new CountingProcesses();

    @Test
    void linksOnceForTheSameInputsWhereverTheyLie() throws Exception {
        JavaRuntimes runtimes = new JavaRuntimes(directory.resolve("cache"), processes);
        LinkedRuntime first = runtimes.link(plan(classes("one", SOURCE), List.of()));
        assertThat(processes.take()).startsWith("jdeps", "jlink");
        assertThat(first.modules())
                .contains("java.base", "java.sql", "jdk.charsets")
                .doesNotContain("java.desktop");

        assertThat(runtimes.link(plan(classes("two", SOURCE), List.of()))).isEqualTo(first);
        assertThat(processes.take()).isEmpty();

        LinkedRuntime changed = runtimes.link(plan(classes("three", SOURCE.replace("c;", "d;")), List.of()));
        assertThat(changed).isEqualTo(first);
        assertThat(processes.take()).containsExactly("jdeps");
    }

    @Test
    void makesABrokenRuntimeAnewWithTheSameBytes() throws Exception {
        JavaRuntimes runtimes = new JavaRuntimes(directory.resolve("cache"), processes);
        JavaRuntimePlan plan = plan(classes("one", SOURCE), List.of());
        LinkedRuntime first = runtimes.link(plan);
        Map<String, String> before = contents(first);
        Files.writeString(onDisk(first, "/var/lang/lib/modules"), "cut");
        processes.take();

        LinkedRuntime second = runtimes.link(plan);

        assertThat(processes.take()).startsWith("jlink");
        assertThat(contents(second)).isEqualTo(before);
    }

    @Test
    void programsAreExecutableAndEntriesSorted() throws Exception {
        LinkedRuntime linked = new JavaRuntimes(directory, processes).link(plan(classes("one", SOURCE), List.of()));
        List<String> targets =
                linked.layer().entries().stream().map(LayerEntry::target).toList();
        assertThat(targets).isSorted().contains("/var/lang/bin/java", "/var/lang/lib/security/cacerts");
        assertThat(linked.layer().entries())
                .allSatisfy(entry -> assertThat(entry.mode())
                        .isEqualTo(
                                entry.target().startsWith("/var/lang/bin/")
                                                || entry.target().matches(".*/lib/(jexec|jspawnhelper)")
                                        ? 0755
                                        : 0644));
    }

    @Test
    void aModuleTheJdkDoesNotHaveIsNamedWithThoseThatResembleIt() throws Exception {
        JavaRuntimePlan plan = plan(classes("one", SOURCE), List.of("java.sqll", "jdk.localedata"));
        assertThatThrownBy(() -> new JavaRuntimes(directory, processes).link(plan))
                .isInstanceOf(UserFailure.class)
                .hasMessage("The JDK at " + plan.jdk().home()
                        + " has no module 'java.sqll'. Did you mean java.sql?"
                        + "\n  Setting: <runtime><modules> (-Dlambda-container.runtime.modules)"
                        + "\n  Next: Correct the name or leave it out; bin/java --list-modules of that JDK lists the"
                        + " modules there are.");
    }

    @Test
    void aFailureOfJlinkIsShownInItsOwnWords() throws Exception {
        JavaRuntimePlan plan = plan(classes("one", SOURCE), List.of());
        Path cache = directory.resolve("cache");
        assertThatThrownBy(() -> new JavaRuntimes(cache, jlinkSaying("Error: Input/output error\n")).link(plan))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("jlink of the JDK at " + plan.jdk().home()
                        + " could not link a Java runtime (exit code 1): Error: Input/output error"
                        + "\n  Setting: <runtime><jdk> (-Dlambda-container.runtime.jdk)"
                        + "\n  Next: Set right what it says, or name another JDK.");
        assertThat(cache.resolve("runtimes")).isEmptyDirectory();
    }

    @Test
    void aDiskThatIsFullForJlinkIsNamedWithWhatItHasToTake() throws Exception {
        JavaRuntimePlan plan = plan(classes("one", SOURCE), List.of());
        Path cache = directory.resolve("cache");
        assertThatThrownBy(() -> new JavaRuntimes(cache, jlinkSaying("Error: No space left on device\n")).link(plan))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageMatching("The Java runtime, up to \\d{2,3} MB, could not be kept in '\\Q"
                        + cache.resolve("runtimes")
                        + "\\E': No space left on device\\."
                        + "\n  Setting: <cacheDirectory> \\(-Dlambda-container\\.cacheDirectory\\)"
                        + "\n  Next: Free some space there, make the directory writable, or name another one\\.");
        assertThat(cache.resolve("runtimes")).isEmptyDirectory();
    }

    private Processes jlinkSaying(String output) {
        return (program, arguments, environment) -> program.endsWith("jlink")
                ? new Processes.Outcome(1, output, "")
                : processes.run(program, arguments, environment);
    }

    private JavaRuntimePlan plan(Path classes, List<String> modules) {
        Jdk jdk = JdkReader.read(TestJdks.own());
        return new JavaRuntimePlan(jdk, "/var/lang", List.of(classes), modules);
    }

    private Path classes(String name, String source) throws IOException {
        return Compiled.classes(directory.resolve(name), Map.of("A.java", source));
    }

    private static Path onDisk(LinkedRuntime linked, String target) {
        return linked.layer().entries().stream()
                .filter(entry -> entry.target().equals(target))
                .map(entry -> ((Content.OnDisk) ((LayerEntry.File) entry).content()).path())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> contents(LinkedRuntime linked) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (LayerEntry entry : linked.layer().entries()) {
            Path path = onDisk(linked, entry.target());
            contents.put(entry.target(), Digest.of(Files.readAllBytes(path)).hex());
        }
        return contents;
    }
}
