package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.lambdacontainer.base.TarBuilder;
import io.github.lambdacontainer.base.TestImage;
import io.github.lambdacontainer.base.TestImages;
import io.github.lambdacontainer.base.TestLayout;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.InterfaceClientRequest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build from a compiled class to the finished archive, with every room but Maven's. */
class ImageBuildTest {

    @TempDir
    Path directory;

    private Builds builds;

    @BeforeEach
    void prepare() throws IOException {
        builds = new Builds(directory);
        builds.compile("Hello");
        TestLayout.of(base()).write(directory.resolve("base"));
    }

    private static TestImage base() {
        return TestImages.withJavaHome()
                .layer(new TarBuilder().file("usr/lib/x86_64-linux-gnu/libgcc_s.so.1", 0755, new byte[0]));
    }

    private Map<String, byte[]> archive() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(builds.results().resolve("image.tar"));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.put(entry.getName(), tar.readAllBytes());
            }
        }
        return entries;
    }

    private Map<String, byte[]> results() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(builds.results())) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(path.getFileName().toString(), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static JsonNode json(byte[] bytes) throws IOException {
        return new ObjectMapper().readTree(bytes);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void theReportTheFilesAndTheArchiveTellOneImage() throws IOException {
        builds.build();

        Map<String, byte[]> results = results();
        assertThat(results).containsOnlyKeys("image.digest", "image.id", "image.json", "image.tar");
        Map<String, byte[]> archive = archive();
        JsonNode descriptor = json(archive.get("index.json")).path("manifests").path(0);
        String digest = descriptor.path("digest").asText();
        byte[] manifest = archive.get("blobs/sha256/" + digest.substring("sha256:".length()));
        JsonNode report = json(results.get("image.json"));
        assertThat(Digest.of(manifest)).hasToString(digest);
        assertThat(text(results.get("image.digest"))).isEqualTo(digest);
        assertThat(report.path("imageDigest").asText()).isEqualTo(digest);
        assertThat(report.path("imageId").asText())
                .isEqualTo(json(manifest).path("config").path("digest").asText())
                .isEqualTo(text(results.get("image.id")));
        assertThat(report.path("handler").asText()).isEqualTo("com.example.Hello");
        assertThat(report.path("layers"))
                .extracting(layer -> layer.path("digest").asText())
                .containsExactlyElementsOf(json(manifest).path("layers").findValuesAsText("digest"));
        assertThat(report.path("layers"))
                .extracting(layer -> layer.path("name").asText())
                .containsExactly("base", "base", "base", "interface client", "classes");
    }

    @Test
    void theConfigStartsJavaWithTheRealInterfaceClient() throws IOException {
        builds.build();

        JsonNode report = json(results().get("image.json"));
        JsonNode config = json(archive()
                        .get("blobs/sha256/" + report.path("imageId").asText().substring("sha256:".length())))
                .path("config");
        assertThat(builds.resolved).containsOnly(new InterfaceClientRequest("2.9.0", Optional.of("linux-x86_64")));
        assertThat(config.path("Entrypoint").path(0).asText()).isEqualTo("/opt/java/openjdk/bin/java");
        assertThat(config.path("Entrypoint"))
                .last()
                .hasToString("\"com.amazonaws.services.lambda.runtime.api.client.AWSLambda\"");
        assertThat(config.path("Cmd")).hasToString("[\"com.example.Hello\"]");
        assertThat(config.path("WorkingDir").asText()).isEqualTo("/var/task");
    }

    @Test
    void theSameProjectMakesTheSameBytesFromReusedLayers() throws IOException {
        builds.build();
        Map<String, byte[]> first = results();
        Files.delete(builds.results().resolve("image.tar"));

        BuiltImage second = builds.build();

        assertThat(results().get("image.tar")).isEqualTo(first.get("image.tar"));
        assertThat(second.added().values()).isNotEmpty().allMatch(layer -> layer.reused());
    }

    @Test
    void anArchiveThatWasCutOffIsWrittenAgain() throws IOException {
        builds.build();
        Map<String, byte[]> first = results();
        Files.write(builds.results().resolve("image.tar"), new byte[10]);

        builds.build();

        assertSame(first);
    }

    @Test
    void aChangedClassMakesOneNewLayer() throws IOException {
        Digest first = builds.build().image().digest();
        builds.compile("Good morning");

        BuiltImage second = builds.build();

        assertThat(second.image().digest()).isNotEqualTo(first);
        assertThat(second.added().values()).filteredOn(layer -> !layer.reused()).hasSize(1);
    }

    @Test
    void anotherDirectoryMakesTheSameImage(@TempDir Path elsewhere) throws IOException {
        Digest first = builds.build().image().digest();
        builds = new Builds(Files.createDirectories(elsewhere.resolve("another/place")));
        Path source = directory.resolve("target/classes/com/example/Hello.class");
        Files.createDirectories(builds.classes().resolve("com/example"));
        Files.copy(source, builds.classes().resolve("com/example/Hello.class"));
        TestLayout.of(base()).write(builds.directory.resolve("base"));

        assertThat(builds.build().image().digest()).isEqualTo(first);
    }

    @Test
    void aFailedBuildLeavesWhatTheOneBeforeMade() throws IOException {
        builds.build();
        Map<String, byte[]> before = results();
        builds.compile("Good morning");

        builds.handler = Optional.of("com.example.Nowhere");
        assertThatThrownBy(builds::build).isInstanceOf(UserFailure.class);
        assertSame(before);

        builds.handler = Optional.empty();
        builds.baseImage = Optional.of("oci:nowhere");
        assertThatThrownBy(builds::build).isInstanceOf(UserFailure.class);
        assertSame(before);
    }

    @Test
    void aResultThatCannotBeWrittenLeavesTheOthersOfTheBuildBefore() throws IOException {
        builds.build();
        builds.compile("Good morning");
        Path blocked = builds.results().resolve("image.digest");
        Files.delete(blocked);
        Files.createDirectories(blocked.resolve("child"));
        Map<String, byte[]> before = results();

        assertThatThrownBy(builds::build)
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The file '" + blocked + "' could not be written: Is a directory."
                        + "\n  Setting: <outputPaths><digest> (-Dlambda-container.outputPaths.digest)"
                        + "\n  Next: Free some space there, make the directory writable, or name another file.");
        assertSame(before);
    }

    @Test
    void aFileInPlaceOfTheTargetDirectoryIsNamed() throws IOException {
        Files.writeString(builds.results(), "in the way");

        assertThatThrownBy(builds::build)
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The file '" + builds.results().resolve("image.json") + "' could not be written: '"
                        + builds.results() + "' is in the way, which is not a directory."
                        + "\n  Setting: <outputPaths><imageJson> (-Dlambda-container.outputPaths.imageJson)"
                        + "\n  Next: Free some space there, make the directory writable, or name another file.");
        assertThat(builds.results()).hasContent("in the way");
    }

    private void assertSame(Map<String, byte[]> before) throws IOException {
        Map<String, byte[]> now = results();
        assertThat(now.keySet()).isEqualTo(before.keySet());
        now.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
    }

    @Test
    void theConsoleSaysWhatWasBuiltInAFewLines() {
        builds.build();

        assertThat(builds.lines).hasSizeLessThan(15).noneMatch(line -> line.startsWith("WARN"));
        assertThat(builds.lines.get(0)).startsWith("Base image: oci:base (base image with Java, x86_64, Java 21");
        assertThat(builds.lines).contains("Handler: com.example.Hello (the only one found in the project)");
        assertThat(builds.lines.get(builds.lines.size() - 1))
                .isEqualTo("Written to: " + builds.results().resolve("image.tar"));
    }

    @Test
    void anAwsBaseForJavaNeedsNoInterfaceClient() throws IOException {
        TestLayout.of(TestImages.awsJava()).write(directory.resolve("aws"));
        builds.baseImage = Optional.of("oci:aws");

        BuiltImage image = builds.build();

        assertThat(builds.resolved).isEmpty();
        assertThat(image.image().entrypoint()).isEqualTo(List.of("/lambda-entrypoint.sh"));
        assertThat(image.image().cmd()).isEqualTo(List.of("com.example.Hello"));
    }

    @Test
    void layersAreMadeOnceAndAheadOfABaseThatIsAsItsConfigLetsExpect() throws IOException {
        BuiltImage first = builds.build();

        assertThat(builds.resolved).as("asked for the guess and for the plan").hasSize(2);
        assertThat(first.added().values()).hasSize(2).noneMatch(layer -> layer.reused());
        assertThat(madeLayers()).hasSize(2);

        builds.resolved.clear();
        BuiltImage second = builds.build();

        assertThat(builds.resolved).as("asked for the plan only").hasSize(1);
        assertThat(second.added().values()).allMatch(layer -> layer.reused());
    }

    @Test
    void aBaseThatIsOtherThanItsConfigLetsExpectGetsItsOwnLayers() throws IOException {
        TestLayout.of(muslWithJava()).write(directory.resolve("unnamed"));
        builds.baseImage = Optional.of("oci:unnamed");

        BuiltImage image = builds.build();

        assertThat(builds.resolved)
                .as("in any order, for the guess is made meanwhile")
                .containsExactlyInAnyOrder(
                        new InterfaceClientRequest("2.9.0", Optional.of("linux-x86_64")),
                        new InterfaceClientRequest("2.9.0", Optional.of("linux_musl-x86_64")));
        assertThat(image.image().entrypoint())
                .filteredOn(argument -> argument.contains("libaws-lambda-jni"))
                .singleElement()
                .asString()
                .endsWith("libaws-lambda-jni.linux_musl-x86_64.so");
        assertThat(image.added().values())
                .extracting(layer -> layer.layer().name())
                .containsExactlyInAnyOrder("interface client", "classes");
        assertThat(madeLayers()).as("one of them for nothing").hasSize(3);
    }

    @Test
    void aBaseOfMuslWhoseHistoryTellsSoHasNoLayerMadeForNothing() throws IOException {
        TestLayout.of(muslWithJava().history("ADD alpine-minirootfs-3.22.1-x86_64.tar.gz / # buildkit"))
                .write(directory.resolve("unnamed"));
        builds.baseImage = Optional.of("oci:unnamed");

        builds.build();

        assertThat(builds.resolved).containsOnly(new InterfaceClientRequest("2.9.0", Optional.of("linux_musl-x86_64")));
        assertThat(madeLayers()).hasSize(2);
    }

    private static TestImage muslWithJava() {
        return TestImages.musl()
                .environment("JAVA_HOME=/opt/java", "JAVA_VERSION=17.0.1")
                .layer(new TarBuilder().executable("opt/java/bin/java", ""))
                .layer(new TarBuilder().file("usr/lib/libgcc_s.so.1", 0755, new byte[0]));
    }

    @Test
    void aGuessThatFailsIsNotTold() throws IOException {
        TestImage own = TestImages.withJavaHome()
                .layer(new TarBuilder()
                        .file("opt/client/aws-lambda-java-core-1.4.0.jar", "")
                        .file("opt/client/aws-lambda-java-runtime-interface-client-2.9.0.jar", "")
                        .file("opt/client/aws-lambda-java-serialization-1.3.1.jar", ""));
        TestLayout.of(own).write(directory.resolve("own"));
        builds.baseImage = Optional.of("oci:own");
        builds.unresolvable = Optional.of(new IllegalStateException("no network"));

        BuiltImage image = builds.build();

        assertThat(builds.resolved).hasSize(1);
        assertThat(image.added().values())
                .extracting(layer -> layer.layer().name())
                .containsExactly("classes");
    }

    private List<Path> madeLayers() throws IOException {
        try (Stream<Path> facts = Files.list(directory.resolve("cache/facts/layer"))) {
            return facts.toList();
        }
    }
}
