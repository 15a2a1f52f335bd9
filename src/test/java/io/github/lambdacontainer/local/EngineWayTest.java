package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.base.TestFacts;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** How functions are started in containers, also where those run in a virtual machine. */
class EngineWayTest {

    private static final LocalImage IMAGE = new LocalImage(
            new Base(
                    BaseReference.parse("scratch", Path.of("")),
                    Optional.empty(),
                    BaseImage.scratch(Architecture.X86_64, ImageFormat.OCI),
                    TestFacts.of(
                            "company/base:1",
                            BaseKind.WITHOUT_JAVA,
                            Architecture.X86_64,
                            Optional.empty(),
                            new CLibrary.None()),
                    layer -> {
                        throw new IllegalArgumentException();
                    }),
            List.of(),
            List.of("/var/lang/bin/java"),
            Map.of(),
            "/",
            Instant.EPOCH);

    @TempDir
    private Path directory;

    private static EngineWay way(String program, boolean sameMachine) {
        return new EngineWay(
                new EngineProgram(program), "localhost/lambda-container:run-1", "linux/arm64", sameMachine);
    }

    @Test
    void aContainerHasLambdasLimitsAndThisMachinesNetwork() {
        try (EngineWay way = way("no-such-podman", true)) {
            assertThat(way.words("name", List.of("--env", "AWS_REGION", "--env", "AWS_LAMBDA_RUNTIME_API"), 512))
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

    /** It talks to another engine, or finds its files elsewhere, if it has what the function is to have. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theClientHasItsOwnVariablesAndNoSecretIsOnItsCommandLine() throws IOException {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:1",
                "DOCKER_HOST", "tcp://other:1",
                "DOCKER_PASSWORD", "secret",
                "HOME", "/tmp"));
        String program = program("""
                [ "$1" = run ] || exit
                echo "$HOME $DOCKER_HOST $DOCKER_PASSWORD"
                for word in "$@"; do case $previous in --env) echo "$word"; esac; previous=$word; done
                """);
        try (EngineWay way = way(program, true)) {
            Process client = way.start(IMAGE, IMAGE.command(), environment, 512).process();
            assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactly(
                            System.getenv("HOME") + " " + System.getenv().getOrDefault("DOCKER_HOST", "") + " secret",
                            "AWS_LAMBDA_RUNTIME_API",
                            "DOCKER_HOST=tcp://other:1",
                            "DOCKER_PASSWORD",
                            "HOME=/tmp");
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aContainerThatTheEngineCannotStartIsNoFailureOfTheFunction() throws IOException {
        String program = program("""
                [ "$1" = run ] || exit 0
                echo "no space left on device"
                exit 125
                """);
        List<String> lines = new CopyOnWriteArrayList<>();
        FunctionSettings settings = new FunctionSettings("function", 512, Duration.ofSeconds(10), Map.of());
        try (StagedImage image = new StagedImage(IMAGE, way(program, true), WorkDirectory.create(directory));
                ExecutionEnvironment function = ExecutionEnvironment.start(image, settings, lines::add)) {
            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> function.invoke(Invocation.of(Payload.of("{}"), Duration.ofSeconds(10))))
                    .withMessage("The function's container could not be started: docker ended with exit code 125."
                            + "\n  Next: Mend what docker says in the log above.");
            assertThat(lines).containsExactly("no space left on device");
        }
    }

    /** A program that goes by the name of Docker's client. */
    private String program(String script) throws IOException {
        Path program = Files.writeString(directory.resolve("docker"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.toString();
    }

    /** A tag of the OCI distribution specification, "Pulling manifests". */
    @Test
    void theNameOfAWorkDirectoryCanBeATag() throws IOException {
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
