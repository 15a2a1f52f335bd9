package io.github.lambdacontainer.report;

import static io.github.lambdacontainer.report.Reports.digest;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.project.Handler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleLogTest {

    private final Recorder recorder = new Recorder();
    private final ConsoleLog log = new ConsoleLog(recorder, Optional.empty());

    private static final class Recorder implements Lines {
        private final List<String> shown = new ArrayList<>();
        private final List<String> hidden = new ArrayList<>();

        @Override
        public void info(String line) {
            shown.add(line);
        }

        @Override
        public void warn(String line) {
            shown.add("WARNING " + line);
        }

        @Override
        public void debug(String line) {
            hidden.add(line);
        }
    }

    @Test
    void tellsAWholeBuildInAFewCalmLines() {
        log.downloading(digest("b0"), 100_000_000);
        log.downloading(digest("b1"), 80_249_999);
        log.progress(1000);
        log.downloaded(digest("b0"));
        log.base(Reports.BASE);
        log.handler(new Handler("com.example.Hello", Optional.empty()), false);
        log.added(List.of("the runtime interface client 2.9.0, because the base has none"));
        log.warning("Something to know.");
        log.layers(Reports.LAYERS);
        log.image(Reports.built());
        log.written(Path.of("target", "lambda-container", "image.tar"), digest("digest"));

        assertThat(String.join("\n", recorder.shown)).isEqualTo("""
                Downloading the layers of the base image
                Base image: public.ecr.aws/lambda/java:21 (AWS base image for Java, x86_64, Java 21, glibc 2.34)
                Handler: com.example.Hello (the only one found in the project)
                Added: the runtime interface client 2.9.0, because the base has none
                WARNING Something to know.
                Layers:
                  base                       180.2 MB  2 layers
                  dependencies                12.3 MB  reused
                  classes                      3.2 kB  new
                Image: 192.6 MB compressed, 433.0 MB unpacked
                Digest: %s
                Written to: target/lambda-container/image.tar""".formatted(digest("digest")));
        assertThat(recorder.hidden)
                .contains(
                        "Base image digest: " + digest("base"),
                        "Downloading " + digest("b0") + " (100.0 MB)",
                        "Downloaded " + digest("b0"),
                        "Layer classes: " + digest("c"),
                        "Image ID: " + digest("id"),
                        "ENTRYPOINT: [/lambda-entrypoint.sh]",
                        "CMD: [com.example.Hello::run]");
    }

    @Test
    void tellsWhereElseAnImageWentAndWhatItWaitsFor() {
        log.handler(new Handler("com.example.Hello", Optional.of("run")), true);
        log.loaded("podman", List.of("hello:1", "hello:latest"));
        log.pushed("registry.example/hello@sha256:0");
        log.waiting("registry.example", "429 Too Many Requests", Duration.ofMillis(1500));
        log.lookingForCredentials("the container", Duration.ofSeconds(10));
        log.askingForCredentials("the credential helper 'x'", Duration.ofSeconds(5));
        log.insecure("registry.example");
        log.credentialsUnusable("docker-credential-x", "it is not installed");

        assertThat(recorder.shown)
                .containsExactly(
                        "Handler: com.example.Hello::run",
                        "Loaded into podman: hello:1, hello:latest",
                        "Pushed: registry.example/hello@sha256:0",
                        "Waiting 1.5 s for registry.example: 429 Too Many Requests",
                        "Still looking for AWS credentials after 10 s: asking the container",
                        "Still waiting for credentials after 5 s: asking the credential helper 'x'",
                        "WARNING The registry registry.example is spoken to over plain HTTP, so others can read and"
                                + " change what is sent.",
                        "WARNING The credentials in docker-credential-x were passed over: it is not installed");
    }

    @Test
    void drawsABarThatMakesRoomForLinesAndErasesItself() {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        AtomicLong clock = new AtomicLong();
        ProgressBar bar = new ProgressBar(new PrintStream(terminal, true, StandardCharsets.UTF_8), clock::get);
        ConsoleLog watched = new ConsoleLog(recorder, Optional.of(bar));

        watched.downloading(digest("a"), 2000);
        watched.progress(500);
        watched.progress(500);
        clock.addAndGet(100_000_000);
        watched.progress(500);
        watched.waiting("h", "r", Duration.ZERO);
        watched.progress(500);

        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\033[KDownloading [=======                       ] 500 B of 2.0 kB"
                        + "\r\033[KDownloading [======================        ] 1.5 kB of 2.0 kB" + "\r\033[K");
    }

    @Test
    void tellsAPushInAFewCalmLines() {
        log.uploading(digest("b0"), 12_300_000);
        log.uploading(digest("c"), 3_200);
        log.progress(3_200);
        log.uploaded(digest("c"));
        log.spared(digest("b1"), "the registry has it");
        log.created("registry.example/hello");
        log.sent(new Upload(false, 3, 1, 2, 12_303_200));
        log.pushed("registry.example/hello@sha256:0");

        assertThat(String.join("\n", recorder.shown)).isEqualTo("""
                Uploading what the registry lacks
                Created the repository: registry.example/hello
                Uploaded: 12.3 MB in 2 blobs, 1 blob mounted, 3 blobs already there
                Pushed: registry.example/hello@sha256:0""");
        assertThat(recorder.hidden)
                .containsExactly(
                        "Uploading " + digest("b0") + " (12.3 MB)",
                        "Uploading " + digest("c") + " (3.2 kB)",
                        "Uploaded " + digest("c"),
                        "Not uploaded, as the registry has it: " + digest("b1"));
    }

    @Test
    void tellsAPushThatChangedNothing() {
        log.sent(new Upload(true, 0, 0, 0, 0));

        assertThat(recorder.shown).containsExactly("Already there: every tag names this image");
    }

    @Test
    void leavesOutWhatAPushDidNotDo() {
        log.sent(new Upload(false, 0, 0, 1, 500));

        assertThat(recorder.shown).containsExactly("Uploaded: 500 B in 1 blob");
    }

    @Test
    void theBarOfUploadsBeginsWhereThatOfDownloadsEnded() {
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        ProgressBar bar = new ProgressBar(new PrintStream(terminal, true, StandardCharsets.UTF_8), () -> 0);
        ConsoleLog watched = new ConsoleLog(recorder, Optional.of(bar));

        watched.downloading(digest("a"), 2000);
        watched.progress(2000);
        watched.uploading(digest("b"), 1000);
        watched.progress(500);

        assertThat(terminal.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\033[KUploading [===============               ] 500 B of 1.0 kB");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.0 kB",
        "999949,999.9 kB",
        "999950,1.0 MB",
        "12345678,12.3 MB",
        "10000000000,10.0 GB",
        "9223372036854775807,9223372.0 TB"
    })
    void writesSizesForPeople(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }
}
