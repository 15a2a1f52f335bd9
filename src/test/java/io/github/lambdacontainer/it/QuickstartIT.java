package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What the quickstart does with the image it has built. */
@EnabledOnOs(OS.LINUX)
class QuickstartIT {

    private static final String ANSWER = """
            Event:    {"name":"Ada"}
            Response: "Hello, Ada!"
            """;

    private static Path archive;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeAll
    static void build() {
        archive = MavenBuild.project("quickstart").succeed().archive();
    }

    @Test
    @NeedsContainers
    void aContainerToolRunsTheFunction() throws IOException {
        quickstart(ContainerTool.ALL).answer(archive);
        assertThat(output()).contains("Run by:   podman").endsWith(ANSWER);
    }

    @Test
    void withoutAContainerToolTheImagesOwnFilesRun() throws IOException {
        quickstart(List.of()).answer(archive);
        assertThat(output()).isEqualTo("""
                No podman or docker is installed.
                Run by:   the image's own files on this machine
                """ + ANSWER);
    }

    @Test
    void aContainerToolThatCannotStartItIsNamedAndTheImagesOwnFilesRun() throws IOException {
        Path tool = It.directory("quickstart-tool").resolve("tool");
        Files.writeString(tool, "#!/bin/sh\n[ \"$1\" = --version ] || { echo 'No daemon answers.' >&2; exit 1; }\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        quickstart(List.of(new ContainerTool(tool.toString(), List.of()))).answer(archive);
        assertThat(output()).isEqualTo("""
                %s could not start it: No daemon answers.
                Run by:   the image's own files on this machine
                """.formatted(tool) + ANSWER);
    }

    @Test
    void aFunctionThatDoesNotStartFails() {
        Path broken = MavenBuild.project("quickstart")
                .property("lambda-container.container.jvmFlags", "-XX:NoSuchFlag")
                .succeed()
                .archive();
        assertThatIllegalStateException()
                .isThrownBy(() -> quickstart(List.of()).answer(broken))
                .withMessageContaining("The function did not start: Error: ");
    }

    private Quickstart quickstart(List<ContainerTool> tools) {
        return new Quickstart(
                It.directory("quickstart-run"), tools, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
