package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageLayer;
import io.github.lambdacontainer.local.RunningProcesses;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.plan.BuildMachine;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Builds with a startup archive on a Java runtime that is linked from the JDK of the tests. */
@EnabledOnOs(OS.LINUX)
class StartupTrainingIT {

    private static final String FUNCTION = """
            package com.example;
            import com.amazonaws.services.lambda.runtime.Context;
            import com.amazonaws.services.lambda.runtime.RequestHandler;
            public final class Hello implements RequestHandler<String, String> {
                public String handleRequest(String name, Context context) {
                    %s
                }
            }
            class Stays {
                static final String PLACE = Stays.class.getProtectionDomain().getCodeSource().getLocation().getPath();

                static void start() {
                    try {
                        String java = ProcessHandle.current().info().command().get();
                        Process child = new ProcessBuilder(java, "-cp", PLACE, "com.example.Stays", "%s").start();
                        if (child.getInputStream().read() != '!') {
                            throw new IllegalStateException(new String(child.getErrorStream().readAllBytes()));
                        }
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                }

                public static void main(String[] arguments) throws Exception {
                    System.out.println('!');
                    Thread.sleep(600_000);
                }
            }
            """;

    /** Tells a child of a function of these tests from any other process. */
    private static final String STAYS = "stays-" + UUID.randomUUID();

    /** What the build says; the virtual machine's own words follow. */
    private static final String REFUSED = "the virtual machine with the archive did not get to its first event:"
            + " Runtime.ExitError: Runtime exited with error: exit status 1. Its output ended with:\n"
            + "    Picked up JAVA_TOOL_OPTIONS: ***\n";

    private static final String WHY_REFUSED =
            "ObjectAlignmentInBytes of 8 does not equal the current ObjectAlignmentInBytes of 16.\n";

    private static final String ANSWER = "return \"Hello \" + name;";

    /** Linked runtimes serve every test. */
    @TempDir
    static Path cache;

    @TempDir
    Path directory;

    private Builds builds;

    @BeforeEach
    void prepare() throws IOException {
        builds = new Builds(directory);
        builds.cache = cache;
        builds.baseImage = Optional.of("scratch");
        builds.startup = startup(StartupSettings.Mode.CDS, false);
        compile(ANSWER);
        event("one.json", "\"Ada\"");
    }

    private StartupSettings startup(StartupSettings.Mode mode, boolean required) {
        return new StartupSettings(
                mode,
                required,
                Optional.of(directory.resolve("events")),
                Map.of("GREETING", "a-secret-greeting"),
                Duration.ofSeconds(60),
                new BuildMachine("Linux", Optional.of(Architecture.X86_64)));
    }

    private void event(String name, String json) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("events")).resolve(name), json);
    }

    private void compile(String body) throws IOException {
        builds.compile("Hello", FUNCTION.formatted(body, STAYS));
    }

    private static Digest archive(BuiltImage image) {
        ImageLayer top = image.image().layers().get(image.image().layers().size() - 1);
        assertThat(top.name()).isEqualTo("startup archive");
        return top.descriptor().digest();
    }

    /** Where the function is trained. */
    enum Way {
        NAMESPACE,
        RELOCATION;

        void prepare(Builds builds) {
            if (this == RELOCATION) {
                builds.staging = Staging::withoutNamespaces;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void theArchiveIsTheTopLayerAndTheEntrypointNamesIt(Way way) throws IOException {
        way.prepare(builds);
        event("one.json", "\"" + way + "\"");
        BuiltImage image = builds.build();

        assertThat(builds.lines).noneMatch(line -> line.startsWith("WARN"));
        archive(image);
        assertThat(image.image().entrypoint())
                .contains("-XX:SharedArchiveFile=/var/runtime/startup.jsa")
                .doesNotContain("-Xshare:auto");
    }

    @Test
    void anUnchangedFunctionIsNotTrainedAgain() {
        BuiltImage first = builds.build();
        BuiltImage second = builds.build();

        assertThat(second.image().digest()).isEqualTo(first.image().digest());
        assertThat(second.added().get(archive(second)).reused()).isTrue();
        assertThat(builds.lines)
                .containsOnlyOnce("Added: AppCDS archive of a training run: asked for by startup.mode")
                .contains("Added: AppCDS archive of an earlier build: asked for by startup.mode");
    }

    @Test
    void whateverChangesTrainsAnew() throws IOException {
        Digest first = archive(builds.build());

        compile("return \"Good morning \" + name;");
        Digest otherClass = archive(builds.build());
        event("two.json", "\"Grace\"");
        Digest otherEvents = archive(builds.build());
        compile(ANSWER);
        Files.delete(directory.resolve("events/two.json"));

        assertThat(List.of(first, otherClass, otherEvents)).doesNotHaveDuplicates();
        assertThat(archive(builds.build())).isEqualTo(first);
    }

    @Test
    void withoutEventsTheFunctionIsInitialised() throws IOException {
        Files.delete(directory.resolve("events/one.json"));
        compile("throw new IllegalStateException(\"never called\");");

        archive(builds.build());
    }

    @Test
    void anAnswerThatIsAnErrorIsToldWithTheOutput() throws IOException {
        compile("System.out.println(System.getenv(\"GREETING\") + \" to \" + System.getenv(\"PATH\"));"
                + "throw new IllegalStateException(\"no table \" + System.getenv(\"GREETING\"));");

        BuiltImage image = builds.build();

        assertThat(builds.lines)
                .contains("WARN The image has no startup archive: the training run failed on the event one.json:"
                        + " java.lang.IllegalStateException: no table ***. Its output ended with:\n    *** to null\n"
                        + "    no table ***: java.lang.IllegalStateException\n"
                        + "    java.lang.IllegalStateException: no table ***\n"
                        + "    \tat com.example.Hello.handleRequest(Hello.java:6)\n"
                        + "    \tat com.example.Hello.handleRequest(Hello.java:4)");
        assertThat(image.image().layers()).noneMatch(layer -> layer.name().equals("startup archive"));
        assertThat(image.image().entrypoint()).contains("-Xshare:auto");
    }

    @Test
    void anArchiveThatIsRequiredFailsTheBuild() throws IOException {
        builds.startup = startup(StartupSettings.Mode.CDS, true);
        compile("throw new IllegalStateException(\"no table\");");

        assertThatThrownBy(builds::build)
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The startup archive could not be made: the training run failed on the event one.json:"
                        + " java.lang.IllegalStateException: no table. Its output ended with:\n"
                        + "    no table: java.lang.IllegalStateException\n"
                        + "    java.lang.IllegalStateException: no table\n"
                        + "    \tat com.example.Hello.handleRequest(Hello.java:6)\n"
                        + "    \tat com.example.Hello.handleRequest(Hello.java:4)\n"
                        + "  Setting: <startup><required> (-Dlambda-container.startup.required)\n"
                        + "  Next: Set right what it says, or set this to false to have the image without the"
                        + " archive.");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anArchiveThatTheVirtualMachineRefusesIsLeftOut(Way way) throws IOException {
        way.prepare(builds);
        alignObjectsOtherwise(way, false);

        BuiltImage image = builds.build();

        assertThat(builds.lines)
                .filteredOn(line -> line.startsWith("WARN"))
                .singleElement()
                .asString()
                .startsWith("WARN The image has no startup archive: " + REFUSED)
                .contains(WHY_REFUSED);
        assertThat(image.image().layers()).noneMatch(layer -> layer.name().equals("startup archive"));
        assertThat(image.image().entrypoint())
                .contains("-Xshare:auto")
                .noneMatch(word -> word.startsWith("-XX:SharedArchiveFile"));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anArchiveThatIsRequiredAndRefusedFailsTheBuild(Way way) throws IOException {
        way.prepare(builds);
        alignObjectsOtherwise(way, true);

        assertThatThrownBy(builds::build)
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessageStartingWith("The startup archive could not be made: " + REFUSED)
                .hasMessageContaining(WHY_REFUSED)
                .hasMessageEndingWith("\n  Setting: <startup><required> (-Dlambda-container.startup.required)\n"
                        + "  Next: Set right what it says, or set this to false to have the image without the"
                        + " archive.");
    }

    /** The function's variables do not reach the dump: its archive fits no run that they align objects for. */
    private void alignObjectsOtherwise(Way way, boolean required) throws IOException {
        event("one.json", "\"" + way + " " + required + "\"");
        builds.startup = new StartupSettings(
                StartupSettings.Mode.CDS,
                required,
                builds.startup.events(),
                Map.of("JAVA_TOOL_OPTIONS", "-XX:ObjectAlignmentInBytes=16"),
                builds.startup.timeout(),
                builds.startup.machine());
    }

    @Test
    void aFunctionThatExitsIsTold() throws IOException {
        compile("System.exit(3); return null;");

        builds.build();

        assertThat(builds.lines)
                .contains("WARN The image has no startup archive: the training run failed on the event one.json:"
                        + " Runtime.ExitError: Runtime exited with error: exit status 3.");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aFunctionThatHangsIsEndedWithItsChildren(Way way) throws IOException {
        way.prepare(builds);
        builds.startup = new StartupSettings(
                StartupSettings.Mode.CDS,
                false,
                builds.startup.events(),
                Map.of(),
                Duration.ofSeconds(8),
                builds.startup.machine());
        compile("""
                Stays.start();
                try {
                    Thread.sleep(600_000);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return null;
                """);

        builds.build();

        assertThat(builds.lines)
                .anyMatch(line -> line.startsWith("WARN The image has no startup archive: the training run failed on"
                                + " the event one.json: Sandbox.Timedout: ")
                        && line.endsWith("Task timed out after 8.00 seconds."));
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aChildThatStaysIsEnded(Way way) throws IOException {
        way.prepare(builds);
        compile("Stays.start(); return name;");

        archive(builds.build());
        assertNothingIsLeft();
    }

    private static void assertNothingIsLeft() {
        assertThat(RunningProcesses.with(STAYS)).isEmpty();
        assertThat(cache.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void everyRunStartsWithNothingInTmp() throws IOException {
        compile("""
                    return name;
                }

                public Hello() throws java.io.IOException {
                    java.nio.file.Files.createFile(java.nio.file.Path.of("/tmp/" + Hello.class.getName() + "%s"));
                """.formatted(System.nanoTime()));

        archive(builds.build());
    }

    @Test
    void aFunctionThatPrintsWithoutEndIsTrained() throws IOException {
        compile("for (int i = 0; i < 100_000; i++) { System.out.println(\"x\".repeat(1_000)); } return name;");

        archive(builds.build());
    }

    @Test
    void anEventThatLambdaWouldNotTakeIsAMistake() throws IOException {
        event("two.json", '"' + "x".repeat((6 << 20) - 1) + '"');
        Path file = directory.resolve("events/two.json");

        assertThatThrownBy(builds::build)
                .isInstanceOf(UserFailure.class)
                .hasMessage("The event '" + file + "' has 6291457 bytes, and Lambda takes at most 6291456.\n"
                        + "  Setting: <startup><events> (-Dlambda-container.startup.events)\n"
                        + "  Next: Make it smaller, or move it out of the directory.");
    }

    @Test
    void anEventThatIsNotJsonIsAMistake() throws IOException {
        event("two.json", "{\"name\":");
        Path file = directory.resolve("events/two.json");

        assertThatThrownBy(builds::build)
                .isInstanceOf(UserFailure.class)
                .hasMessage("The event '" + file + "' is not valid JSON (line 1, column 9).\n"
                        + "  Setting: <startup><events> (-Dlambda-container.startup.events)\n"
                        + "  Next: Correct it, or move it out of the directory.");
    }
}
