package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The first screen of the README: packages the function in {@code src/it/quickstart}, starts its image, asks it. */
class QuickstartIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void theFunctionOfTheQuickstartAnswers() throws IOException {
        MavenBuild build = MavenBuild.project("quickstart");
        MavenResult result = System.getProperty("os.name").equals("Linux")
                ? build.succeed()
                : build.from("public.ecr.aws/lambda/provided:al2023").succeed();
        JsonNode image = result.json();
        System.out.println("Image:    " + result.archive());
        System.out.println("Digest:   " + image.path("imageDigest").asText());
        System.out.println("Base:     " + image.path("base").path("image").asText());
        System.out.println("Handler:  " + image.path("handler").asText());
        System.out.println("Size:     " + image.path("compressedSize").asLong() / 1_000_000 + " MB compressed");
        System.out.println("Event:    " + Function.QUICKSTART.event);
        String response = response(result.archive());
        System.out.println("Response: " + response);
        assertThat(response).isEqualTo("\"Hello, Ada!\"");
    }

    private static String response(Path archive) throws IOException {
        try (RuntimeApi api = new RuntimeApi()) {
            if (Tools.find("podman").isPresent() && Tools.find("runc").isPresent()) {
                try (var container = Containers.start(archive, api)) {
                    String response = api.invoke(Function.QUICKSTART.event, LIMIT);
                    container.assertRunning();
                    return response;
                }
            }
            Path directory = It.directory("quickstart-files");
            Process function =
                    ImageFiles.unpack(archive, directory.resolve("root")).start(api, directory.resolve("function.log"));
            try {
                return api.invoke(Function.QUICKSTART.event, LIMIT);
            } finally {
                function.destroyForcibly();
            }
        }
    }
}
