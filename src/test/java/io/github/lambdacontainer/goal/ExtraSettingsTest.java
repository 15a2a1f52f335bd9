package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.project.ProjectInput.ExtraDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtraSettingsTest {

    /** What the parameters are filled into, as in a goal. */
    static final class Sample {
        ExtraDirectories extraDirectories = new ExtraDirectories();
    }

    @TempDir
    Path project;

    private final List<Problem> problems = new ArrayList<>();
    private ExtraSettings settings;

    @BeforeEach
    void read() {
        settings = new ExtraSettings(project, problems);
    }

    private static ExtraDirectories extra(String setting, String value) {
        Properties commandLine = new Properties();
        commandLine.setProperty("lambda-container.extraDirectories." + setting, value);
        Sample sample = new Sample();
        new Options(commandLine, new Properties()).fill(sample);
        return sample.extraDirectories;
    }

    @Test
    void theStandardDirectoryIsTakenWhereItExists() throws IOException {
        assertThat(settings.directories(new ExtraDirectories())).isEmpty();

        Path standard = Files.createDirectories(project.resolve("src/main/lambda-container"));

        assertThat(settings.directories(new ExtraDirectories())).containsExactly(new ExtraDirectory(standard, "/"));
    }

    @Test
    void aNamedDirectoryNeedNotExistYet() {
        assertThat(settings.directories(extra("paths", "src/a")))
                .containsExactly(new ExtraDirectory(project.resolve("src/a"), "/"));
        assertThat(problems).isEmpty();
    }

    @Test
    void modesAreOctalAndTheFirstForAGlobHolds() {
        assertThat(settings.permissions(extra("permissions", "/opt/bin/*=755,/tmp=1777,/opt/bin/*=644")))
                .containsExactly(java.util.Map.entry("/opt/bin/*", 0755), java.util.Map.entry("/tmp", 01777));
    }

    @Test
    void everyModeThatIsNoneIsSaid() {
        assertThat(settings.permissions(extra("permissions", "/a=rwx,/b=755,/c=8")))
                .containsOnlyKeys("/b");

        assertThat(problems)
                .containsExactly(
                        Problem.of(
                                "'rwx' is not an octal mode (for '/a').",
                                "extraDirectories.permissions",
                                "Give three octal digits such as 755."),
                        Problem.of(
                                "'8' is not an octal mode (for '/c').",
                                "extraDirectories.permissions",
                                "Give three octal digits such as 755."));
    }
}
