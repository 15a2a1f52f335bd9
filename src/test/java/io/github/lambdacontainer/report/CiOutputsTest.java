package io.github.lambdacontainer.report;

import static io.github.lambdacontainer.report.Reports.digest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiOutputsTest {

    private static final String URI = "registry.example/hello@" + digest("digest");

    @TempDir
    Path directory;

    private Path outputs() {
        return directory.resolve("output");
    }

    private Path summary() {
        return directory.resolve("summary");
    }

    private CiOutputs files() {
        return new CiOutputs(Optional.of(outputs()), Optional.of(summary()));
    }

    private static ImageReport pushed() {
        return Reports.built().pushedTo(URI);
    }

    @Test
    void appendsToWhatOtherStepsSaid() throws IOException {
        Files.writeString(outputs(), "earlier=step\n");
        Files.writeString(summary(), "# Build\n\n");

        files().append(pushed(), List.of(""));

        assertThat(outputs()).hasContent("""
                earlier=step
                image-uri=%s
                image-digest=%s
                """.formatted(URI, digest("digest")));
        assertThat(Files.readString(summary())).isEqualTo("""
                # Build

                | Image | Digest | Base | Handler | Size | Layers |
                | --- | --- | --- | --- | --- | --- |
                | `registry.example/hello` | `%s` | `public.ecr.aws/lambda/java:21` | `com.example.Hello::run` | 192.6 MB (433.0 MB unpacked) | 4 |

                """.formatted(digest("digest")));
    }

    @Test
    void namesAnOutputForEachSuffix() {
        files().append(pushed(), List.of("-arm64", "-orders-arm64"));

        assertThat(outputs()).hasContent("""
                image-uri-arm64=%1$s
                image-digest-arm64=%2$s
                image-uri-orders-arm64=%1$s
                image-digest-orders-arm64=%2$s
                """.formatted(URI, digest("digest")));
    }

    @Test
    void writesWhereAFileIsNamedOnly() throws IOException {
        CiOutputs none = new CiOutputs(Optional.empty(), Optional.empty());
        none.check();
        none.append(pushed(), List.of(""));

        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsNamedWithItsVariable() throws IOException {
        Files.createDirectories(outputs());

        assertThatThrownBy(() -> files().check())
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage(
                        "The file '" + outputs() + "', which the variable GITHUB_OUTPUT names, could not be written:"
                                + " Is a directory."
                                + "\n  Setting: <ciOutputs> (-Dlambda-container.ciOutputs)"
                                + "\n  Next: Make the file writable, or switch these outputs off with false.");
    }

    @Test
    void modulesThatAppendAtOnceKeepTheirLinesWhole() throws IOException, InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                done.add(threads.submit(() -> files().append(pushed(), List.of(""))));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(Files.readAllLines(outputs()))
                .hasSize(400)
                .containsOnly("image-uri=" + URI, "image-digest=" + digest("digest"));
    }
}
