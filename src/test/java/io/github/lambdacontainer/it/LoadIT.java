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
        try (PodmanStore store = PodmanStore.create("load")) {
            MavenResult result = store.usedBy(MavenBuild.project("request-handler"))
                    .from(Base.AWS_JAVA_17)
                    .goals("package", It.goal("load"))
                    .environment("PATH", onlyPodman(store.directory()))
                    .succeed();
            assertThat(store.podman("images", "--no-trunc", "--format", "{{.ID}}")
                            .strip())
                    .isEqualTo(Files.readString(result.output("image.id")).strip());
        }
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
