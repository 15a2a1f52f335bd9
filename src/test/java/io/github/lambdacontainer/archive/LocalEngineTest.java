package io.github.lambdacontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LocalEngineTest {

    @TempDir
    Path directory;

    private Path archive;

    @BeforeEach
    void archive() {
        archive = directory.resolve("image.tar");
    }

    private List<String> program(String name, String script) throws IOException {
        Path program = directory.resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return List.of(program.toString());
    }

    @Test
    void dockerIsTakenWhereItsDaemonAnswers() throws IOException {
        List<String> docker = program("docker", "echo \"$@\" >> " + directory.resolve("calls"));

        String engine = new LocalEngine(docker, List.of("no-such-podman")).load(archive);

        assertThat(engine).isEqualTo(docker.get(0));
        assertThat(directory.resolve("calls"))
                .hasContent("version --format {{.Server.Version}}\nload --input " + archive + "\n");
    }

    @Test
    void podmanIsTakenWhereDockerHasNoDaemon() throws IOException {
        List<String> docker = program("docker", "echo 'Cannot connect to the Docker daemon'; exit 1");
        List<String> podman = program("podman", "exit 0");

        assertThat(new LocalEngine(docker, podman).load(archive)).isEqualTo(podman.get(0));
    }

    @Test
    void whoeverNamesAnEngineGetsNoOther() throws IOException {
        List<String> docker = program("docker", "exit 0");

        assertThat(new LocalEngine(docker, List.of()).program()).contains(docker.get(0));
        assertThat(new LocalEngine(List.of("no-such-docker"), List.of()).program())
                .isEmpty();
        assertThat(new LocalEngine(List.of(), List.of()).program()).isEmpty();
    }

    @Test
    void withoutAnEngineTheImageIsSaidToBeThere() {
        LocalEngine none = new LocalEngine(List.of("no-such-docker"), List.of("no-such-podman"));

        assertThatThrownBy(() -> none.load(archive))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("""
                Neither Docker (with its daemon running) nor Podman is on this machine, so '%s' was built but not loaded.
                  Next: Install one of them, or take the image from that file.""".formatted(archive));
    }

    @Test
    void whatTheEngineSaysIsPassedOn() throws IOException {
        List<String> podman = program("podman", "[ \"$1\" = load ] || exit 0; echo no space left on device; exit 125");
        LocalEngine engine = new LocalEngine(List.of("no-such-docker"), podman);

        assertThatThrownBy(() -> engine.load(archive))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("""
                '%s load' refused '%s': no space left on device
                  Next: Mend what the message says; the image is complete in that file.""".formatted(podman.get(0), archive));
    }

    @Test
    void ofAnEngineThatSaysMuchTheEndIsPassedOn() throws IOException {
        List<String> podman = program("podman", """
                [ "$1" = load ] || exit 0
                for i in 1 2 3 4 5 6 7 8 9; do printf '%1000s\\n' "Copying blob $i"; done
                echo no space left on device
                exit 125""");
        LocalEngine engine = new LocalEngine(List.of("no-such-docker"), podman);

        assertThatThrownBy(() -> engine.load(archive))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageContaining("load' refused '" + archive + "': …")
                .hasMessageContaining("Copying blob 9\nno space left on device\n  Next: ")
                .message()
                .hasSizeLessThan(4096 + 400);
    }
}
