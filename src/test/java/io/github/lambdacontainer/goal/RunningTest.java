package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.emulator.InvokeApi;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.Dependency.Origin;
import io.github.lambdacontainer.project.ProjectInput;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function that is served is restarted for, and at which port it is served. */
class RunningTest {

    @TempDir
    private Path directory;

    @Test
    void theClassesOfTheProjectAndOfItsBuildsModulesAreWatched() throws IOException {
        Path own = directory.resolve("function/target/classes");
        Path module = Files.createDirectories(directory.resolve("store/target/classes"));
        Path packed = Files.writeString(directory.resolve("packed.jar"), "");
        ProjectInput project = new ProjectInput(
                directory,
                directory,
                "jar",
                own,
                Optional.empty(),
                List.of(
                        dependency(module, Origin.REACTOR),
                        dependency(packed, Origin.REACTOR),
                        dependency(directory, Origin.RELEASE)),
                Optional.empty(),
                List.of(),
                Map.of(),
                directory);
        assertThat(Running.watched(project)).containsExactly(own, module);
    }

    @Test
    void aPortThatIsTakenIsPassedOver() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            try (InvokeApi api = listen(port, port + 100)) {
                assertThat(api.port()).isGreaterThan(port);
            }
        }
    }

    /** A port may be nobody's and still not be opened, as 80 without the privilege; what the system says tells which. */
    @Test
    void aPortThatCannotBeOpenedIsToldWithItsReason() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatExceptionOfType(UserFailure.class)
                    .isThrownBy(() -> listen(port, port))
                    .withMessage("Port " + port + " cannot be opened on this machine: " + reason(port) + "."
                            + "\n  Setting: <serve><port> (-Dlambda-container.serve.port)"
                            + "\n  Next: End what listens there, name another port, or leave the setting out to take a"
                            + " free one.");
        }
    }

    private static InvokeApi listen(int first, int last) {
        InvokeApi.Caller nobody = invocation -> {
            throw new AssertionError(invocation);
        };
        return Running.listen(first, last, port -> InvokeApi.start(port, Duration.ofSeconds(3), nobody, line -> {}));
    }

    /** In the words and the language of this machine. */
    private static String reason(int port) throws IOException {
        try (ServerSocket second = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            throw new AssertionError(second);
        } catch (BindException e) {
            return e.getMessage();
        }
    }

    private static Dependency dependency(Path path, Origin origin) {
        return new Dependency("com.acme", "store", "1", "", path, origin);
    }
}
