package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The goal {@code load} hands the image to the container tool of this machine. */
@NeedsContainers
class LoadIT {

    @Test
    void theImageIsInPodman() throws IOException {
        Path directory = It.directory("load");
        Path store = Files.writeString(
                directory.resolve("storage.conf"), """
                [storage]
                driver = "overlay"
                graphroot = "%s"
                runroot = "%s"
                """.formatted(directory.resolve("root"), directory.resolve("run")));
        MavenResult result = MavenBuild.project("request-handler")
                .from(Base.AWS_JAVA_17)
                .goals("package", It.goal("load"))
                .environment("CONTAINERS_STORAGE_CONF", store.toString())
                .environment("PATH", onlyPodman(directory))
                .succeed();
        String images = Command.of(Tools.get("podman"), "images", "--no-trunc", "--format", "{{.ID}}")
                .environment("CONTAINERS_STORAGE_CONF", store.toString())
                .output();
        assertThat(images.strip())
                .isEqualTo(Files.readString(result.output("image.id")).strip());
    }

    /** A path with what a build needs and podman, without the client of a Docker that does not run. */
    static String onlyPodman(Path directory) throws IOException {
        Path programs = Files.createDirectories(directory.resolve("bin"));
        for (String directoryOfPath : new String[] {"/usr/bin", "/bin", "/usr/sbin", "/sbin"}) {
            try (var files = Files.list(Path.of(directoryOfPath))) {
                for (Path file : files.toList()) {
                    Path link = programs.resolve(file.getFileName());
                    if (!file.getFileName().toString().equals("docker") && !Files.exists(link)) {
                        Files.deleteIfExists(link);
                        Files.createSymbolicLink(link, file);
                    }
                }
            }
        }
        return programs.toString();
    }
}
