package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lambdacontainer.registry.Fault;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Ctrl-C ends a build at once; what it has begun goes, and what was there before stays. */
@EnabledOnOs(OS.LINUX)
class InterruptIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final int ENDED_BY_CTRL_C = 130;

    private Path cache;
    private Path temporary;

    @BeforeEach
    void directories() {
        cache = It.directory("cache");
        temporary = It.directory("tmp");
    }

    @Test
    void aDownload() throws IOException {
        MavenBuild earlier = MavenBuild.project("request-handler").from(Base.AWS_JAVA_17);
        MavenResult result = earlier.succeed();
        byte[] archive = Files.readAllBytes(result.archive());
        try (ScriptedRegistry registry = ScriptedRegistry.http();
                Command.Running build = start(MavenBuild.again(earlier.directory())
                        .from(serveWithStalledLayers(registry, Base.AWS_OS_ONLY)))) {
            await(build, () -> unfinishedFiles() > 0);
            assertThat(build.interrupt().exitCode()).isEqualTo(ENDED_BY_CTRL_C);
        }
        assertNothingIsLeft();
        assertThat(result.archive()).hasBinaryContent(archive);
        try (var files = Files.list(result.archive().getParent())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("image.tar", "image.digest", "image.id", "image.json");
        }
    }

    @Test
    void aProgramOfTheJdk() throws IOException {
        Path started = It.directory("started").resolve("pid");
        MavenBuild maven = MavenBuild.project("request-handler")
                .from(Base.AWS_OS_ONLY)
                .property("lambda-container.runtime.jdk", jdkWhoseJlinkNeverEnds(started));
        try (Command.Running build = start(maven)) {
            await(build, () -> isWritten(started));
            assertThat(build.interrupt().exitCode()).isEqualTo(ENDED_BY_CTRL_C);
        }
        long pid = Long.parseLong(Files.readString(started).strip());
        Optional<ProcessHandle> jlink = ProcessHandle.of(pid);
        boolean alive = jlink.map(ProcessHandle::isAlive).orElse(false);
        jlink.ifPresent(ProcessHandle::destroyForcibly);
        assertThat(alive).as("jlink runs on").isFalse();
        assertNothingIsLeft();
        assertThat(maven.directory().resolve("target/lambda-container")).doesNotExist();
    }

    @Test
    void aTrainingOfTheStartupArchive() throws IOException {
        MavenBuild maven = MavenBuild.project("request-handler")
                .from(Base.WITH_JAVA)
                .property("lambda-container.startup.mode", "cds")
                .replace(
                        "src/main/java/com/example/orders/OrderHandler.java",
                        "public OrderHandler() {",
                        "public OrderHandler() {\n        while (!Thread.currentThread().isInterrupted()) {\n"
                                + "            java.util.concurrent.locks.LockSupport.park();\n        }");
        Set<ProcessHandle> started;
        try (Command.Running build = start(maven)) {
            await(build, () -> trains(build.process()));
            started = build.process().descendants().collect(Collectors.toSet());
            assertThat(build.interrupt().exitCode()).isEqualTo(ENDED_BY_CTRL_C);
        }
        assertThat(started).isNotEmpty().allSatisfy(InterruptIT::ends);
        assertNothingIsLeft();
        assertThat(cache.resolve("tmp")).isEmptyDirectory();
        assertThat(maven.directory().resolve("target/lambda-container")).doesNotExist();
    }

    /** One that has ended counts as alive until its parent takes note, which init may leave to be for seconds. */
    private static void ends(ProcessHandle process) {
        assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
    }

    private static boolean trains(Process build) {
        return build.descendants()
                .anyMatch(process -> process.info().commandLine().orElse("").contains("-XX:DumpLoadedClassList="));
    }

    private Command.Running start(MavenBuild build) {
        return build.property("lambda-container.cacheDirectory", cache.toString())
                .environment("MAVEN_OPTS", "-Djava.io.tmpdir=" + temporary)
                .start();
    }

    private void assertNothingIsLeft() throws IOException {
        assertThat(unfinishedFiles()).as("unfinished files in " + cache).isZero();
        try (var files = Files.list(temporary)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.startsWith("jansi") && !name.startsWith("hsperfdata")))
                    .isEmpty();
        }
    }

    /** The files and directories of the cache that are not whole yet, or no longer needed. */
    private long unfinishedFiles() {
        try (var files = Files.walk(cache)) {
            return files.filter(file -> file.getFileName().toString().startsWith(".unfinished"))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isWritten(Path file) {
        try {
            return Files.exists(file) && Files.readString(file).endsWith("\n");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(Command.Running build, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (!build.process().isAlive() || System.nanoTime() > end) {
                throw new AssertionError("The build did not get there:\n" + build.log());
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    private static String serveWithStalledLayers(ScriptedRegistry registry, Base base) throws IOException {
        ImageLayout layout = base.layout();
        JsonNode index = layout.read(layout.top().path("digest").asText());
        for (JsonNode child : index.path("manifests")) {
            JsonNode manifest = put(registry, layout, base, child);
            putBlob(registry, layout, base, manifest.path("config"));
            for (JsonNode layer : manifest.path("layers")) {
                putBlob(registry, layout, base, layer);
                registry.fail(layer.path("digest").asText(), Fault.stalled(1000));
            }
        }
        put(registry, layout, base, layout.top());
        return registry.host() + "/" + base.repository + ":" + base.tag;
    }

    private static JsonNode put(ScriptedRegistry registry, ImageLayout layout, Base base, JsonNode descriptor)
            throws IOException {
        String digest = descriptor.path("digest").asText();
        String content = Files.readString(layout.file(digest), StandardCharsets.UTF_8);
        registry.manifest(base.repository, descriptor.path("mediaType").asText(), content, base.tag);
        return layout.read(digest);
    }

    private static void putBlob(ScriptedRegistry registry, ImageLayout layout, Base base, JsonNode descriptor)
            throws IOException {
        registry.blob(
                base.repository,
                descriptor.path("mediaType").asText(),
                Files.readAllBytes(layout.file(descriptor.path("digest").asText())));
    }

    /** The JDK of these tests with a jlink that tells its process and sleeps. */
    private static String jdkWhoseJlinkNeverEnds(Path started) throws IOException {
        Path jdk = It.directory("jdk");
        for (String part : new String[] {"release", "lib", "conf", "jmods"}) {
            Files.createSymbolicLink(jdk.resolve(part), It.jdk().resolve(part));
        }
        Path programs = Files.createDirectory(jdk.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("jdeps"), It.jdk().resolve("bin/jdeps"));
        Path jlink = Files.writeString(
                programs.resolve("jlink"), "#!/bin/sh\necho $$ > '" + started + "'\nexec sleep 3600\n");
        assertThat(jlink.toFile().setExecutable(true)).isTrue();
        return jdk.toString();
    }
}
