package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.base.TestFacts;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which images run on which machine, what is said of the others, and what lies where. */
@EnabledOnOs(OS.LINUX)
class StagingTest {

    private static final String NEXT =
            "\n  Next: Run it in a container: build it with lambda-container:load and start it"
                    + " with Docker or Podman.";
    private static final Instant TIME = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void anotherSystemCannotRunIt() {
        refuses(
                new Machine("Mac OS X", "aarch64", true),
                image(new CLibrary.None(), "/bin/true"),
                "The image on the base 'company/base:1' cannot run on this machine: it holds programs for Linux, and"
                        + " this is Mac OS X." + NEXT);
    }

    @Test
    void anotherArchitectureCannotRunIt() {
        refuses(
                new Machine("Linux", "aarch64", true),
                image(new CLibrary.None(), "/bin/true"),
                "The image on the base 'company/base:1' cannot run on this machine: it is for x86_64, and this machine"
                        + " is arm64." + NEXT);
    }

    @Test
    void withoutNamespacesAnotherCLibraryCannotBeHad() {
        refuses(
                new Machine("Linux", "amd64", false),
                image(new CLibrary.Musl(), "/bin/true"),
                "The image on the base 'company/base:1' cannot run on this machine: its programs need the C library"
                        + " musl, and namespaces are not wanted." + NEXT);
    }

    @Test
    void aJavaThatDoesNotStartIsTold() {
        refuses(
                new Machine("Linux", "amd64", false),
                image(new CLibrary.Glibc("2.99"), "/var/lang/bin/java"),
                "The image on the base 'company/base:1' cannot run on this machine: its /var/lang/bin/java does not"
                        + " start (it needs a newer C library), and namespaces are not wanted." + NEXT);
    }

    @Test
    void everyFileHasItsPathTimeAndModeAndThePathsOfTheCommandAreRewritten() throws IOException {
        LocalImage image = image(new CLibrary.Glibc("2.17"), "/bin/true");
        try (StagedFiles staged = staging(new Machine("Linux", "amd64", false)).stage(image)) {
            ProcessBuilder process = staged.process(
                    List.of("/bin/echo", "-cp", "/var/task/:/var/task/lib/a.jar", "@/var/runtime/classpath", "/tmp/x"),
                    Map.of("JAVA_OPTIONS", "-Dx=/var/task/app.txt -Dy=/etc/hosts"));
            String files = process.command().get(2).replaceFirst("/var/task/:.*", "");
            assertThat(process.command())
                    .containsExactly(
                            "/bin/echo",
                            "-cp",
                            files + "/var/task/:" + files + "/var/task/lib/a.jar",
                            "@" + files + "/var/runtime/classpath",
                            staged.temporary() + "/x");
            assertThat(process.environment())
                    .isEqualTo(Map.of(
                            "STAGE", "test", "JAVA_OPTIONS", "-Dx=" + files + "/var/task/app.txt -Dy=/etc/hosts"));
            assertThat(process.directory()).isEqualTo(Path.of(files, "var/task").toFile());
            Path app = Path.of(files, "var/task/app.txt");
            assertThat(app).hasContent("text");
            assertThat(Files.getLastModifiedTime(app)).isEqualTo(FileTime.from(TIME));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(app)))
                    .isEqualTo("rw-r--r--");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(Path.of(files, "var/lang/bin/java"))))
                    .isEqualTo("rwxr-xr-x");
        }
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void aJavaHasItsTemporaryFilesWhereTheImageHasThem() throws IOException {
        LocalImage image = image(new CLibrary.Glibc("2.17"), "/bin/true");
        try (StagedFiles staged = staging(new Machine("Linux", "amd64", false)).stage(image)) {
            assertThat(staged.process(List.of("/var/lang/bin/java", "-version"), Map.of())
                            .command())
                    .element(1)
                    .isEqualTo("-Djava.io.tmpdir=" + staged.temporary());
            assertThat(staged.process(List.of("/bin/echo", "-version"), Map.of())
                            .command())
                    .containsExactly("/bin/echo", "-version");
        }
    }

    @Test
    void filesInUrlsAreThoseOfTheImageAndDevicesThoseOfThisMachine() throws IOException {
        LocalImage image = image(new CLibrary.Glibc("2.17"), "/bin/true");
        try (StagedFiles staged = staging(new Machine("Linux", "amd64", false)).stage(image)) {
            List<String> command = staged.process(
                            List.of(
                                    "/bin/echo",
                                    "file:/dev/urandom",
                                    "file:///dev/urandom",
                                    "file:/var/task/app.txt",
                                    "file:///var/task/app.txt",
                                    "http://var/task/app.txt",
                                    "file:///tmp/x"),
                            Map.of())
                    .command();
            String app = command.get(3).replaceFirst("file:", "");
            assertThat(Path.of(app)).hasContent("text");
            assertThat(command)
                    .containsExactly(
                            "/bin/echo",
                            "file:/dev/urandom",
                            "file:///dev/urandom",
                            "file:" + app,
                            "file://" + app,
                            "http://var/task/app.txt",
                            "file://" + staged.temporary() + "/x");
        }
    }

    @Test
    void theTimeZoneOfAnImageIsItsOwn() {
        FunctionSettings settings = new FunctionSettings("function", 512, Duration.ofSeconds(3), Map.of());
        LocalImage image = image(new CLibrary.Glibc("2.17"), "/bin/true");
        try (StagedFiles staged = staging(new Machine("Linux", "amd64", false)).stage(image)) {
            assertThat(LambdaEnvironment.of(staged, settings, "127.0.0.1:1")).containsEntry("TZ", ":UTC");
        }
        LocalImage elsewhere = new LocalImage(
                image.base(),
                image.layers(),
                image.command(),
                Map.of("TZ", "Europe/Berlin"),
                image.workingDirectory(),
                TIME);
        try (StagedFiles staged = staging(new Machine("Linux", "amd64", false)).stage(elsewhere)) {
            assertThat(LambdaEnvironment.of(staged, settings, "127.0.0.1:1")).doesNotContainKey("TZ");
        }
    }

    @Test
    void whatAnArgumentFileNamesIsRewrittenToo() throws IOException {
        LocalImage image = image(new CLibrary.Glibc("2.17"), "/bin/true")
                .withCommand(List.of("/bin/true", "@/var/runtime/classpath"));
        try (StagedFiles staged = staging(new Machine("Linux", "amd64", false)).stage(image)) {
            String file = staged.process(staged.image().command(), Map.of())
                    .command()
                    .get(1)
                    .substring(1);
            String files = file.replace("/var/runtime/classpath", "");
            assertThat(Path.of(file)).hasContent("-cp\n\"" + files + "/var/task/:" + files + "/var/task/lib/a.jar\"\n");
        }
    }

    @Test
    void aCommandThatWritesItsPathsDownHasThemFromTheWorkingDirectoryOn() throws IOException {
        LocalImage image = image(new CLibrary.Glibc("2.17"), "/bin/true")
                .withCommand(List.of("/bin/true", "@/var/runtime/classpath"));
        try (StagedFiles staged = staging(new Machine("Linux", "amd64", false)).stage(image)) {
            ProcessBuilder process =
                    staged.relocatable(List.of("/var/lang/bin/java", "@/var/runtime/classpath"), Map.of());
            List<String> command = process.command();
            assertThat(Path.of(command.get(2).substring(1))).hasContent("-cp\n\":lib/a.jar\"\n");
            assertThat(command.get(0))
                    .isEqualTo(process.directory().getPath().replace("/var/task", "/var/lang/bin/java"));
        }
    }

    private void refuses(Machine machine, LocalImage image, String message) {
        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> staging(machine).stage(image))
                .withMessage(message);
        assertThat(directory.resolve("work").resolve("x").getParent()).satisfies(work -> {
            if (Files.exists(work)) {
                assertThat(work).isEmptyDirectory();
            }
        });
    }

    private Staging staging(Machine machine) {
        return new Staging(directory.resolve("cache"), directory.resolve("work"), machine);
    }

    private static LocalImage image(CLibrary cLibrary, String program) {
        BaseImage base = BaseImage.scratch(Architecture.X86_64, ImageFormat.OCI);
        BaseFacts facts =
                TestFacts.of("company/base:1", BaseKind.WITHOUT_JAVA, Architecture.X86_64, Optional.empty(), cLibrary);
        return new LocalImage(
                new Base(BaseReference.parse("scratch", Path.of("")), Optional.empty(), base, facts, layer -> {
                    throw new IllegalArgumentException();
                }),
                List.of(new LayerPlan(
                        "everything",
                        List.of(
                                file("/var/task/app.txt", "text", 0644),
                                file("/var/task/lib/a.jar", "a jar", 0644),
                                file("/var/runtime/classpath", "-cp\n\"/var/task/:/var/task/lib/a.jar\"\n", 0644),
                                file(
                                        "/var/lang/bin/java",
                                        "#!/bin/sh\necho it needs a newer C library\nexit 1\n",
                                        0755)))),
                List.of(program),
                Map.of("STAGE", "test"),
                "/var/task",
                TIME);
    }

    private static LayerEntry file(String target, String text, int mode) {
        return new LayerEntry.File(target, new Content.Text(text), mode);
    }
}
