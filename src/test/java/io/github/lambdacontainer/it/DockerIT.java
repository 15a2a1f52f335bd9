package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A real Docker takes the images. */
@NeedsTool({"docker", "dockerd"})
@EnabledIf(value = "isRoot", disabledReason = "Only root may start a Docker daemon")
class DockerIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static DockerEngine engine;

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    @BeforeAll
    static void start() {
        engine = new DockerEngine();
    }

    @AfterAll
    static void end() throws IOException {
        engine.close();
    }

    @Test
    void theGoalLoadHandsTheImageToDocker() throws IOException {
        MavenResult result = MavenBuild.project("request-handler")
                .from(Base.AWS_JAVA_17)
                .goals("package", "io.github.lambdacontainer:lambda-container-maven-plugin:" + It.version() + ":load")
                .environment("DOCKER_HOST", engine.host())
                .succeed();
        assertThat(result.log()).contains("[INFO] Loaded into docker: ");
        JsonNode image = inspect("request-handler:1.0");
        assertThat(image.path("Id").asText()).isEqualTo(Files.readString(result.output("image.id")));
        assertThat(image.path("Config").path("Cmd").path(0).asText())
                .isEqualTo(result.json().path("handler").asText());
    }

    @Test
    void theFunctionAnswersFromAContainerOfWhichNothingIsLeft() throws IOException {
        String before = engine.docker("images", "--all", "--no-trunc");
        MavenResult result = MavenBuild.project(Function.REQUEST_HANDLER.project)
                .from(Base.AWS_JAVA_17)
                .goals(It.goal("invoke"))
                .property("lambda-container.event", Function.REQUEST_HANDLER.event)
                .property("lambda-container.invoke.engine", "docker")
                .environment("DOCKER_HOST", engine.host())
                .succeed();
        List<String> lines = result.log().lines().toList();
        assertThat(lines).contains("[INFO] Running the function in a container of docker");
        Function.REQUEST_HANDLER.assertResponse(lines.get(lines.indexOf("[INFO] Response:") + 1));
        assertThat(engine.docker("ps", "--all", "--quiet")).isEmpty();
        assertThat(engine.docker("images", "--all", "--no-trunc")).isEqualTo(before);
        RunIT.assertNothingIsLeft(result.target());
    }

    @Test
    void dockerLoadsAnImageOnScratch() throws IOException {
        MavenResult result = MavenBuild.project("request-handler")
                .from("scratch")
                .property("lambda-container.to.image", "company/on-scratch:2")
                .succeed();
        assertThat(engine.docker("load", "--input", result.archive())).contains("company/on-scratch:2");
        JsonNode image = inspect("company/on-scratch:2");
        assertThat(image.path("Id").asText()).isEqualTo(Files.readString(result.output("image.id")));
        assertThat(image.path("RootFS").path("Layers").size())
                .isEqualTo(result.json().path("layers").size());
    }

    private static JsonNode inspect(String name) throws IOException {
        return JSON.readTree(engine.docker("image", "inspect", name)).path(0);
    }
}
