package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.project.Dependency;
import io.github.lambdacontainer.project.Dependency.Origin;
import io.github.lambdacontainer.project.ProjectInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a function that is served is restarted for. */
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

    private static Dependency dependency(Path path, Origin origin) {
        return new Dependency("com.acme", "store", "1", "", path, origin);
    }
}
