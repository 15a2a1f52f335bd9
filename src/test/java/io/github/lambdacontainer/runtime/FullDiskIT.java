package io.github.lambdacontainer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.SmallDisk;
import io.github.lambdacontainer.plan.JavaRuntimePlan;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A cache on a disk that the programs of a JDK fill. */
@EnabledIf(
        value = "io.github.lambdacontainer.SmallDisk#isPossible",
        disabledReason = "Only root may mount the small disk that these tests fill")
class FullDiskIT {

    private static final String NEXT = "\n  Setting: <cacheDirectory> (-Dlambda-container.cacheDirectory)"
            + "\n  Next: Free some space there, make the directory writable, or name another one.";

    @TempDir
    Path directory;

    private SmallDisk mounted;
    private Path disk;

    @BeforeEach
    void mount() throws IOException {
        mounted = SmallDisk.mount(directory.resolve("disk"), 24);
        disk = mounted.directory();
    }

    @AfterEach
    void unmount() throws IOException {
        mounted.close();
    }

    @Test
    void jlinkThatFillsItIsAnsweredWithThePathAndTheNeed() throws Exception {
        Path classes = Compiled.classes(directory.resolve("one"), Map.of("A.java", "public class A {}"));
        JavaRuntimePlan plan = plan(classes);
        long need = (JdkModules.mostBytes(plan.jdk().home()) + 999_999) / 1_000_000;
        assertThatThrownBy(() -> new JavaRuntimes(disk).link(plan))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The Java runtime, up to " + need + " MB, could not be kept in '" + disk.resolve("runtimes")
                        + "': No space left on device." + NEXT);
        assertThat(disk.resolve("runtimes")).isEmptyDirectory();
    }

    @Test
    void aCopyForJdepsThatFillsItIsAnsweredWithThePathAndTheNeed() throws Exception {
        Path classes =
                Compiled.classes(directory.resolve("module"), Map.of("module-info.java", "module example.module {}"));
        Files.write(classes.resolve("Large.class"), new byte[30_000_000]);
        Path jar = Compiled.jar(classes, directory.resolve("large.jar"));
        assertThatThrownBy(() -> new JavaRuntimes(disk).link(plan(jar)))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The copy of '" + jar + "' for jdeps, up to 31 MB, could not be kept in '"
                        + disk.resolve("tmp") + "': No space left on device." + NEXT);
        assertThat(disk.resolve("tmp")).isEmptyDirectory();
    }

    private static JavaRuntimePlan plan(Path classPath) {
        return new JavaRuntimePlan(JdkReader.read(TestJdks.own()), "/var/lang", List.of(classPath), List.of());
    }
}
