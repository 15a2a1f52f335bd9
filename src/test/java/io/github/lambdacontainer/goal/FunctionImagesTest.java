package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.archive.OtherEngines;
import io.github.lambdacontainer.build.BuildRequest;
import io.github.lambdacontainer.build.Builds;
import io.github.lambdacontainer.build.ImageBuild;
import io.github.lambdacontainer.goal.FunctionImages.Engine;
import io.github.lambdacontainer.local.OtherMachines;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.report.ConsoleLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where a function runs neither on the machine nor in a container; nothing is built before. */
class FunctionImagesTest {

    private static final String SETTING = "\n  Setting: <invoke><engine> (-Dlambda-container.invoke.engine)\n  Next: ";

    @TempDir
    private Path directory;

    @Test
    void anotherSystemWithoutAnEngine() {
        refuses(
                images("Mac OS X", Engine.AUTO),
                "The function cannot run on this machine: it holds programs for Linux, and this is Mac OS X, and neither"
                        + " Docker (with its daemon running) nor Podman is there for a container." + SETTING
                        + "Install one of them: the function then runs in a container.");
    }

    @Test
    void anotherSystemWhereContainersAreNotWanted() {
        refuses(
                images("Windows 11", Engine.NONE),
                "The function cannot run on this machine: it holds programs for Linux, and this is Windows 11."
                        + SETTING + "Leave it out, and the function runs in Docker or Podman where it has to.");
    }

    @Test
    void anEngineThatIsNamedAndNotThere() {
        refuses(
                images("Linux", Engine.DOCKER),
                "The function is to run in Docker, which does not answer on this machine." + SETTING
                        + "Install it or start its daemon, or leave the setting out.");
        refuses(
                images("Linux", Engine.PODMAN),
                "The function is to run in Podman, which does not answer on this machine." + SETTING
                        + "Install it or start its daemon, or leave the setting out.");
    }

    @Test
    void anEngineThatIsNone() {
        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> settings("containerd"))
                .withMessage("'containerd' is not a value of this setting." + SETTING
                        + "Take one of: auto, docker, none, podman.");
        assertThat(settings("").engine()).isEqualTo(Engine.AUTO);
        assertThat(settings("Podman").engine()).isEqualTo(Engine.PODMAN);
    }

    /** A goal with these settings only. */
    private static final class OnlyInvoke {
        final InvokeOptions invoke = new InvokeOptions();
    }

    private static RunSettings settings(String engine) {
        Properties properties = new Properties();
        properties.setProperty("lambda-container.invoke.engine", engine);
        OnlyInvoke goal = new OnlyInvoke();
        new Options(properties, new Properties()).fill(goal);
        return RunSettings.of(goal.invoke, "function", Map.of());
    }

    private FunctionImages images(String system, Engine engine) {
        Builds builds = new Builds(directory);
        return new FunctionImages(
                new ImageBuild(builds.rooms(), new ConsoleLog(builds, Optional.empty())),
                OtherMachines.staging(directory, system, "amd64"),
                engine,
                OtherEngines.none());
    }

    private void refuses(FunctionImages images, String message) {
        BuildRequest request = new Builds(directory).request();
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> images.stage(images.choose(List.of(request))))
                .withMessage(message);
        assertThat(directory).isEmptyDirectory();
    }
}
