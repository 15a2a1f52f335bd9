package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.build.Builds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The goals {@code invoke} and {@code serve} with functions in containers of Podman, of which nothing is left. */
@NeedsContainers
@Timeout(300)
class EngineIT {

    private final PodmanStore store = PodmanStore.create("engine");

    @AfterEach
    void giveBack() throws IOException {
        store.close();
    }

    @Test
    void theFunctionAnswersFromAContainer() throws IOException {
        MavenResult result = build(Function.REQUEST_HANDLER.project)
                .goals(It.goal("invoke"))
                .property("lambda-container.event", Function.REQUEST_HANDLER.event)
                .succeed();
        List<String> lines = result.log().lines().toList();
        assertThat(lines)
                .contains("[INFO] Running the function in a container of podman")
                .anyMatch(line -> line.matches("\\[INFO] \\| REPORT .*\tMemory Size: 512 MB\tMax Memory Used:"
                        + " [1-9][0-9]+ MB\tInit Duration: [0-9.]+ ms"));
        Function.REQUEST_HANDLER.assertResponse(lines.get(lines.indexOf("[INFO] Response:") + 1));
        assertThat(result.archive()).doesNotExist();
        assertNothingIsLeft(result.target());
    }

    @Test
    void aFunctionThatTakesTooLongIsEnded() throws IOException {
        MavenBuild build = build("quickstart");
        neverReturns(build);
        MavenResult result = build.goals(It.goal("invoke"))
                .property("lambda-container.invoke.timeout", "2")
                .fail();
        assertThat(result.failure())
                .matches("(?s)The function failed: Sandbox.Timedout: RequestId: [0-9a-f-]{36} Error: Task timed out"
                        + " after 2.00 seconds\n.*");
        assertThat(result.log()).contains("| busy");
        assertNothingIsLeft(result.target());
    }

    @Test
    void aFunctionThatIsBusyIsEndedWithCtrlC() throws Exception {
        MavenBuild build = build("quickstart");
        neverReturns(build);
        try (Command.Running maven = build.goals(It.goal("invoke")).start()) {
            ServeIT.Serving.await(maven, Pattern.compile("(\\| busy)"));
            assertThat(maven.interrupt().exitCode()).isEqualTo(130);
        }
        assertNothingIsLeft(build.directory().resolve("target"));
    }

    @Test
    void itIsServedAndReplacedFromContainers() throws Exception {
        MavenBuild build = build("quickstart");
        Path target = build.directory().resolve("target");
        try (ServeIT.Serving serving = ServeIT.Serving.start(build)) {
            assertThat(serving.post("{\"name\":\"Ada\"}").body()).isEqualTo("\"Hello, Ada!\"");
            Path source = RunIT.source(build);
            Files.writeString(source, Files.readString(source).replace("Hello, ", "Good day, "));
            Builds.compile(source, target.resolve("classes"));
            serving.awaitLine("has changed: the next event gets the new function.");
            assertThat(serving.post("{\"name\":\"Ada\"}").body()).isEqualTo("\"Good day, Ada!\"");
            assertThat(store.podman("images", "--quiet").lines()).hasSize(1);
            serving.maven().interrupt();
        }
        assertNothingIsLeft(target);
    }

    @Test
    void withoutAnEngineItSaysWhichIsMissing() throws IOException {
        MavenResult result = MavenBuild.project("quickstart")
                .from(Base.AWS_JAVA_17)
                .goals(It.goal("invoke"))
                .property("lambda-container.invoke.engine", "docker")
                .environment("PATH", LoadIT.onlyPodman(It.directory("only-podman")))
                .fail();
        assertThat(result.failure())
                .isEqualTo("The function is to run in Docker, which does not answer on this machine."
                        + "\n  Setting: <invoke><engine> (-Dlambda-container.invoke.engine)"
                        + "\n  Next: Install it or start its daemon, or leave the setting out.");
    }

    private MavenBuild build(String project) {
        return store.usedBy(MavenBuild.project(project))
                .from(Base.AWS_JAVA_17)
                .property("lambda-container.invoke.engine", "podman");
    }

    /** Has the function of the quickstart say that it is busy and never answer. */
    static void neverReturns(MavenBuild build) throws IOException {
        Path source = RunIT.source(build);
        Files.writeString(
                source,
                Files.readString(source)
                        .replace(
                                "return \"Hello, ",
                                "System.out.println(\"busy\"); while (event != null) { Thread.onSpinWait(); } return"
                                        + " \"Hello, "));
    }

    private void assertNothingIsLeft(Path target) throws IOException {
        assertThat(store.podman("ps", "--all", "--quiet")).isEmpty();
        assertThat(store.podman("images", "--all", "--quiet")).isEmpty();
        RunIT.assertNothingIsLeft(target);
    }
}
