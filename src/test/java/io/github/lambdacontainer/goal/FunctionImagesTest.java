package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.archive.LocalEngine;
import io.github.lambdacontainer.archive.OtherEngines;
import io.github.lambdacontainer.base.TarBuilder;
import io.github.lambdacontainer.base.TestImages;
import io.github.lambdacontainer.base.TestLayout;
import io.github.lambdacontainer.build.BuildRequest;
import io.github.lambdacontainer.build.Builds;
import io.github.lambdacontainer.build.ImageBuild;
import io.github.lambdacontainer.goal.FunctionImages.Engine;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.local.OtherMachines;
import io.github.lambdacontainer.local.StagedImage;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.report.ConsoleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Where a function runs, and what is said where it runs neither on the machine nor in a container. */
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

    /** A Mac could not make one, and for a run none is made anywhere. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anImageForAContainerHasNoStartupArchive() throws IOException {
        Path docker = Files.writeString(directory.resolve("docker"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        Builds builds = new Builds(directory);
        builds.compile("Hello");
        TestLayout.of(TestImages.withJavaHome()
                        .layer(new TarBuilder().file("usr/lib/x86_64-linux-gnu/libgcc_s.so.1", 0755, new byte[0])))
                .write(directory.resolve("base"));
        builds.startup = Builds.startup(StartupSettings.Mode.CDS, "Mac OS X", Architecture.ARM64);
        FunctionImages images = images(builds, "Mac OS X", Engine.AUTO, OtherEngines.docker(docker));
        try (StagedImage image = images.stage(builds.request())) {
            assertThat(image.way()).isEqualTo("in a container of docker");
            assertThat(image.image().command()).noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
        }
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
        return images(new Builds(directory), system, engine, OtherEngines.none());
    }

    private FunctionImages images(Builds builds, String system, Engine engine, LocalEngine local) {
        return new FunctionImages(
                new ImageBuild(builds.rooms(), new ConsoleLog(builds, Optional.empty())),
                OtherMachines.staging(directory, system, "amd64"),
                engine,
                local);
    }

    /** Nothing is built before. */
    private void refuses(FunctionImages images, String message) {
        BuildRequest request = new Builds(directory).request();
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> images.stage(images.choose(List.of(request))))
                .withMessage(message);
        assertThat(directory).isEmptyDirectory();
    }
}
