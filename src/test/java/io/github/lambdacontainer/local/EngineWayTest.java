package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How functions are started in containers, also where those run in a virtual machine. */
class EngineWayTest {

    private static EngineWay way(String program, boolean sameMachine) {
        return new EngineWay(
                new EngineProgram(program), "localhost/lambda-container:run-1", "linux/arm64", sameMachine);
    }

    @Test
    void aContainerHasLambdasLimitsAndThisMachinesNetwork() {
        try (EngineWay way = way("no-such-podman", true)) {
            assertThat(way.words("name", List.of("AWS_REGION", "AWS_LAMBDA_RUNTIME_API"), 512))
                    .containsExactly(
                            "run --rm --name name --pull never --platform linux/arm64 --read-only --tmpfs /tmp:rw,exec,size=512m"
                                    .concat(" --user 993:990 --memory 512m --ulimit nofile=1024:1024 --pids-limit 1024")
                                    .concat(" --ulimit nproc=1024:1024")
                                    .concat(" --network host --env AWS_REGION --env AWS_LAMBDA_RUNTIME_API")
                                    .concat(" localhost/lambda-container:run-1")
                                    .split(" "));
            assertThat(way.reachable("127.0.0.1:4711")).isEqualTo("127.0.0.1:4711");
        }
    }

    @Test
    void inAVirtualMachineThisOneHasANameThatTheEngineGives() {
        try (EngineWay docker = way("/no/such/docker", false);
                EngineWay podman = way("/no/such/podman", false)) {
            assertThat(docker.words("name", List.of(), 512)).doesNotContain("--network");
            assertThat(docker.reachable("127.0.0.1:4711")).isEqualTo("host.docker.internal:4711");
            assertThat(podman.reachable("127.0.0.1:4711")).isEqualTo("host.containers.internal:4711");
        }
    }

    /** A tag of the OCI distribution specification, "Pulling manifests". */
    @Test
    void theNameOfAWorkDirectoryCanBeATag(@TempDir Path directory) throws IOException {
        try (WorkDirectory work = WorkDirectory.create(directory)) {
            assertThat(work.name()).matches("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
        }
    }

    @Test
    void itSaysWhoseContainerItIs() {
        try (EngineWay way = way("/no/such/docker", true)) {
            assertThat(way.text()).isEqualTo("in a container of docker");
        }
    }
}
