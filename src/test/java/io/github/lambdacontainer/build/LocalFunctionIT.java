package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.emulator.FunctionError;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.emulator.Payload;
import io.github.lambdacontainer.local.ExecutionEnvironment;
import io.github.lambdacontainer.local.FunctionPool;
import io.github.lambdacontainer.local.FunctionSettings;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.local.RunningProcesses;
import io.github.lambdacontainer.local.StagedFiles;
import io.github.lambdacontainer.local.StagedImage;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.report.ConsoleLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A function of an image from scratch, with a linked Java, run on this machine in each way there is. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class LocalFunctionIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Tells a child of a function of these tests from any other process. */
    private static final String STAYS = "stays-" + UUID.randomUUID();

    /** The same for one that takes numbers only: so many seconds. */
    private static final String SLEEPS =
            "600." + ThreadLocalRandom.current().nextLong(1_000_000_000_000L, 10_000_000_000_000L);

    private static final String SOURCE = """
            package example;

            import com.amazonaws.services.lambda.runtime.Context;
            import java.nio.file.*;
            import java.util.*;

            public class Function {
                public String handle(Map<String, String> event, Context context) throws Exception {
                    switch (event.get("do")) {
                        case "greet": return "Hello, " + event.get("name") + "!";
                        case "where": return System.getProperty("user.dir") + " " + System.getProperty("java.home");
                        case "variables": return String.join(" ", new TreeSet<>(System.getenv().keySet()));
                        case "memory": return context.getMemoryLimitInMB() + " " + Runtime.getRuntime().maxMemory() / (1 << 20);
                        case "time": return Files.getLastModifiedTime(Path.of("example/Function.class")) + "";
                        case "say":
                            System.out.println("said " + event.get("name"));
                            return "said";
                        case "throw": throw new IllegalStateException("on purpose");
                        case "exit": System.exit(7);
                        case "sleep": Thread.sleep(600_000);
                        case "print":
                            for (int i = 0; i < 100 * 1024; i++) {
                                System.out.println("x".repeat(1023));
                            }
                            System.out.print("the end");
                            return "printed";
                        case "fork":
                            return Long.toString(new ProcessBuilder(
                                    ProcessHandle.current().info().command().get(), "-cp", System.getProperty("user.dir"), "example.Stays", "%s")
                                    .inheritIO().start().toHandle().pid());
                        case "hide":
                            new ProcessBuilder("setsid", "env", "-i", "-C", "/", "sleep", "%s").start();
                            return "hidden";
                        case "write":
                            Files.writeString(Path.of("/tmp/written"), "by the function");
                            return "written";
                        case "temporary": return Files.createTempFile("function", "").toString();
                        case "meet":
                            Files.writeString(Path.of("/tmp/" + event.get("name")), "here");
                            while (!Files.exists(Path.of("/tmp/" + event.get("other")))) {
                                Thread.sleep(10);
                            }
                            return event.get("name") + " met " + event.get("other");
                        case "start": return java.lang.management.ManagementFactory.getRuntimeMXBean().getStartTime() + "";
                        default: return "?";
                    }
                }
            }

            class Stays {
                public static void main(String[] arguments) throws Exception {
                    System.out.println("staying");
                    Thread.sleep(600_000);
                }
            }
            """.formatted(STAYS, SLEEPS);

    @TempDir
    private static Path directory;

    private static ImageBuild build;
    private static Builds builds;
    private static LocalImage image;
    private static BuiltImage built;

    enum Way {
        NAMESPACE,
        RELOCATION,
        CONTAINER;

        StagedImage stage() {
            Staging staging = new Staging(directory.resolve("cache"), directory.resolve("work"));
            return switch (this) {
                case NAMESPACE -> staging.stage(image);
                case RELOCATION -> staging.withoutNamespaces().stage(image);
                case CONTAINER -> inContainers(staging);
            };
        }
    }

    /** Podman with images and containers of the test's own, as it runs where containers are nested. */
    private static Path podman() {
        Path program = directory.resolve("bin/podman");
        if (!Files.exists(program)) {
            try {
                Files.createDirectories(program.getParent());
                Files.writeString(program, """
                        #!/bin/sh
                        exec podman --root %1$s/podman/root --runroot %1$s/podman/run --runtime runc "$@"
                        """.formatted(directory));
                Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return program;
    }

    private static String podman(String... arguments) {
        List<String> words = new ArrayList<>(List.of(podman().toString()));
        words.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile(directory, "podman", ".out");
            Process process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            String printed = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(ended).as("%s ends: %s", words, printed).isTrue();
            assertThat(process.exitValue()).as(printed).isZero();
            return printed;
        } catch (IOException e) {
            Assumptions.abort("Podman is not on this machine");
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static StagedImage inContainers(Staging staging) {
        if (Stream.of("/usr/bin/podman", "/usr/local/bin/podman")
                .noneMatch(path -> Files.isExecutable(Path.of(path)))) {
            Assumptions.abort("Podman is not on this machine");
        }
        if (built == null) {
            built = build.compose(builds.request());
        }
        return staging.inContainers(built.local(), podman().toString(), (archive, name) -> {
            build.pack(built, archive, name);
            podman("load", "--input", archive.toString());
        });
    }

    /** Files that belong to other users of a namespace only Podman can delete. */
    @AfterAll
    static void emptyPodman() {
        if (Files.exists(directory.resolve("podman"))) {
            podman("system", "reset", "--force");
        }
    }

    @BeforeAll
    static void build() throws IOException {
        builds = new Builds(directory);
        builds.compile("Function", SOURCE);
        builds.baseImage = Optional.of("scratch");
        builds.handler = Optional.of("example.Function::handle");
        build = new ImageBuild(builds.rooms(), new ConsoleLog(builds, Optional.empty()));
        image = build.prepare(builds.request()).local();
    }

    /** A staged image with its function, and what it printed. */
    private record Running(StagedImage image, ExecutionEnvironment function, List<String> lines)
            implements AutoCloseable {

        static Running start(Way way) {
            return start(way, 256);
        }

        static Running start(Way way, int memory) {
            StagedImage image = way.stage();
            if (way == Way.NAMESPACE && !image.way().equals("in a namespace with the image's own files")) {
                image.close();
                Assumptions.abort("No namespace can be made on this machine");
            }
            List<String> lines = Collections.synchronizedList(new ArrayList<>());
            FunctionSettings settings = new FunctionSettings("hello", memory, LIMIT, Map.of("GREETING", "Hello"));
            return new Running(image, ExecutionEnvironment.start(image, settings, lines::add), lines);
        }

        InvocationResult ask(String event) {
            return ask(event, LIMIT);
        }

        InvocationResult ask(String event, Duration limit) {
            return function.invoke(Invocation.of(Payload.of(event), limit));
        }

        String answer(String event) {
            InvocationResult result = ask(event);
            assertThat(result)
                    .as("%s %s", result.payload().text(), lines)
                    .isInstanceOf(InvocationResult.Response.class);
            return result.payload().text();
        }

        FunctionError error(String event) {
            return ((InvocationResult.Failed) ask(event)).error();
        }

        @Override
        public void close() {
            function.close();
            image.close();
            assertThat(directory.resolve("work")).isEmptyDirectory();
            if (Files.exists(directory.resolve("podman"))) {
                assertThat(podman("ps", "--all", "--quiet") + podman("images", "--all", "--quiet"))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itAnswers(Way way) {
        try (Running running = Running.start(way)) {
            assertThat(running.answer("{\"do\":\"greet\",\"name\":\"Ada\"}")).isEqualTo("\"Hello, Ada!\"");
            assertThat(running.answer("{\"do\":\"greet\",\"name\":\"Bob\"}")).isEqualTo("\"Hello, Bob!\"");
            assertThat(running.function().initDuration()).isPositive();
            assertThat(running.function().peakMemory()).isBetween(20L << 20, 400L << 20);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itSeesTheLayoutOfTheImage(Way way) {
        try (Running running = Running.start(way)) {
            String where = running.answer("{\"do\":\"where\"}");
            if (way != Way.RELOCATION) {
                assertThat(where).isEqualTo("\"/var/task /var/lang\"");
            } else {
                assertThat(where).matches("\".*/files/var/task .*/files/var/lang\"");
            }
            assertThat(running.answer("{\"do\":\"time\"}")).isEqualTo("\"1970-01-01T00:00:01Z\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothingOfTheBuildsEnvironmentReachesIt(Way way) {
        try (Running running = Running.start(way)) {
            List<String> names = List.of(
                    running.answer("{\"do\":\"variables\"}").replace("\"", "").split(" "));
            assertThat(names)
                    .contains("AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "_HANDLER", "LAMBDA_TASK_ROOT", "GREETING")
                    .doesNotContain("USER", "JAVA_HOME", "LOGNAME");
            // Container engines set it to what the image says of the user.
            assertThat(names.contains("HOME")).isEqualTo(way == Way.CONTAINER);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itsTemporaryFilesAreNotThisMachines(Way way) {
        String file;
        try (Running running = Running.start(way)) {
            file = running.answer("{\"do\":\"temporary\"}").replace("\"", "");
            assertThat(file).startsWith(way == Way.RELOCATION ? directory.resolve("work") + "/" : "/tmp/function");
        }
        assertThat(Path.of(file)).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void itHasTheMemoryItWouldHave(Way way) {
        try (Running running = Running.start(way, 512)) {
            String[] memory =
                    running.answer("{\"do\":\"memory\"}").replace("\"", "").split(" ");
            assertThat(memory[0]).isEqualTo("512");
            assertThat(Integer.parseInt(memory[1])).isBetween(380, 436);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anExceptionIsAnErrorAndTheFunctionGoesOn(Way way) {
        try (Running running = Running.start(way)) {
            FunctionError error = running.error("{\"do\":\"throw\"}");
            assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
            assertThat(error.message()).isEqualTo("on purpose");
            assertThat(error.trace()).first().asString().startsWith("example.Function.handle(Function.java:");
            assertThat(running.answer("{\"do\":\"greet\",\"name\":\"Ada\"}")).isEqualTo("\"Hello, Ada!\"");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anExitIsToldWithItsCode(Way way) {
        try (Running running = Running.start(way)) {
            FunctionError error = running.error("{\"do\":\"exit\"}");
            assertThat(error.cause()).isEqualTo(FunctionError.Cause.EXIT);
            assertThat(error.message()).isEqualTo("Runtime exited with error: exit status 7");
            assertThat(running.function().peakMemory()).isBetween(20L << 20, 400L << 20);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aFunctionThatNeverReturnsIsEnded(Way way) {
        try (Running running = Running.start(way)) {
            InvocationResult result = running.ask("{\"do\":\"sleep\"}", Duration.ofSeconds(1));
            assertThat(((InvocationResult.Failed) result).error().message())
                    .endsWith("Task timed out after 1.00 seconds");
            assertThat(running.function().isRunning()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @SuppressWarnings("try") // Closing it hands on what is left, and closing it again does nothing.
    void aHundredMegabytesAreHandedOnAndNotKept(Way way) {
        List<Integer> lengths = new ArrayList<>();
        try (StagedImage staged = way.stage();
                ExecutionEnvironment function = ExecutionEnvironment.start(
                        staged,
                        new FunctionSettings("hello", 256, LIMIT, Map.of()),
                        line -> lengths.add(line.length()))) {
            InvocationResult result = function.invoke(Invocation.of(Payload.of("{\"do\":\"print\"}"), LIMIT));
            assertThat(result.payload().text()).isEqualTo("\"printed\"");
            function.terminate(Duration.ofSeconds(5));
            assertThat(lengths).hasSize(100 * 1024 + 1).startsWith(1023).endsWith(7);
            assertThat(function.logTail()).hasSize(4096).endsWith("x\nthe end");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aChildThatStaysIsEndedToo(Way way) {
        try (Running running = Running.start(way)) {
            assertThat(running.answer("{\"do\":\"fork\"}")).isNotEmpty();
            assertThat(RunningProcesses.with(STAYS)).isNotEmpty();
        }
        assertThat(RunningProcesses.with(STAYS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aChildOfAFunctionThatExitsIsEndedToo(Way way) {
        try (Running running = Running.start(way)) {
            assertThat(running.answer("{\"do\":\"fork\"}")).isNotEmpty();
            assertThat(running.error("{\"do\":\"exit\"}").cause()).isEqualTo(FunctionError.Cause.EXIT);
        }
        assertThat(RunningProcesses.with(STAYS)).isEmpty();
    }

    /** Neither its environment nor its session tells whose it is, and its parent is gone when it is ended. */
    @Test
    void aChildThatHidesIsEndedToo() {
        try (Running running = Running.start(Way.RELOCATION)) {
            running.answer("{\"do\":\"hide\"}");
            assertThat(RunningProcesses.with(SLEEPS)).isNotEmpty();
            assertThat(running.error("{\"do\":\"exit\"}").cause()).isEqualTo(FunctionError.Cause.EXIT);
        }
        assertThat(RunningProcesses.with(SLEEPS)).isEmpty();
    }

    @Test
    void processesInANamespaceAreSeenByWhatItHasMounted() {
        try (Running running = Running.start(Way.NAMESPACE)) {
            running.answer("{\"do\":\"greet\",\"name\":\"Ada\"}");
            assertThat(RunningProcesses.with(directory.resolve("work").toString()))
                    .anyMatch(line -> line.startsWith("/var/lang/bin/java "));
        }
        assertThat(RunningProcesses.with(directory.resolve("work").toString())).isEmpty();
    }

    @Test
    void whatItLeavesInTmpIsThereForAsLongAsTheImage() {
        try (Running running = Running.start(Way.NAMESPACE)) {
            running.answer("{\"do\":\"write\"}");
            running.function().terminate(Duration.ofSeconds(5));
            StagedFiles files = (StagedFiles) running.image();
            assertThat(files.temporary().resolve("written")).hasContent("by the function");
        }
    }

    @Test
    void aPoolStartsASecondFunctionWhileTheFirstIsBusyAndKeepsBoth() {
        try (FunctionPool pool = new FunctionPool(
                new Staging(directory.resolve("cache"), directory.resolve("work")).stage(image),
                new FunctionSettings("hello", 256, LIMIT, Map.of()),
                2,
                line -> {})) {
            CompletableFuture<String> first = ask(pool, "{\"do\":\"meet\",\"name\":\"a\",\"other\":\"b\"}");
            CompletableFuture<String> second = ask(pool, "{\"do\":\"meet\",\"name\":\"b\",\"other\":\"a\"}");
            CompletableFuture<String> third = ask(pool, "{\"do\":\"greet\",\"name\":\"Ada\"}");
            assertThat(first.join()).isEqualTo("\"a met b\"");
            assertThat(second.join()).isEqualTo("\"b met a\"");
            assertThat(third.join()).isEqualTo("\"Hello, Ada!\"");
            String start = ask(pool, "{\"do\":\"start\"}").join();
            assertThat(ask(pool, "{\"do\":\"start\"}").join()).isEqualTo(start);
        }
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void aPoolTakesANewImageAndStartsAnewWhatHasEnded() {
        Staging staging = new Staging(directory.resolve("cache"), directory.resolve("work"));
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (FunctionPool pool = new FunctionPool(
                staging.stage(image), new FunctionSettings("hello", 256, LIMIT, Map.of()), 1, lines::add)) {
            String start = ask(pool, "{\"do\":\"start\"}").join();
            pool.replace(staging.stage(image));
            assertThat(directory.resolve("work").toFile().list()).hasSize(1);
            String second = ask(pool, "{\"do\":\"start\"}").join();
            assertThat(second).isNotEqualTo(start);
            assertThat(ask(pool, "{\"do\":\"exit\"}").join()).contains("exit status 7");
            assertThat(lines).containsOnlyOnce("Runtime.ExitError: Runtime exited with error: exit status 7");
            assertThat(ask(pool, "{\"do\":\"start\"}").join()).isNotEqualTo(second);
            assertThat(lines.stream().filter(line -> line.startsWith("REPORT ")))
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(line).containsPattern("Max Memory Used: \\d+ MB"));
            assertThat(lines.stream().filter(line -> line.contains("Init Duration: ")))
                    .hasSize(3);
        }
        assertThat(directory.resolve("work")).isEmptyDirectory();
    }

    @Test
    void theLogOfAnInvocationIsWholeAndItsOwn() {
        try (FunctionPool pool = new FunctionPool(
                new Staging(directory.resolve("cache"), directory.resolve("work")).stage(image),
                new FunctionSettings("hello", 256, LIMIT, Map.of()),
                1,
                line -> {})) {
            for (String name : List.of("a", "b", "c")) {
                Invocation invocation = Invocation.of(Payload.of("{\"do\":\"say\",\"name\":\"" + name + "\"}"), LIMIT);
                String id = "RequestId: " + invocation.requestId();
                assertThat(pool.invoke(invocation).logTail())
                        .matches("START " + id + " Version: \\$LATEST\n(.*\n)*said " + name + "\nEND " + id
                                + "\nREPORT " + id + "\t.*\n")
                        .containsOnlyOnce("said ");
            }
        }
    }

    /** The interface client prints it after it has answered, so once may be luck. */
    @Test
    void theLogOfAnInvocationThatFailsHasItsTrace() {
        try (FunctionPool pool = new FunctionPool(
                new Staging(directory.resolve("cache"), directory.resolve("work")).stage(image),
                new FunctionSettings("hello", 256, LIMIT, Map.of()),
                1,
                line -> {})) {
            for (int i = 0; i < 20; i++) {
                Invocation invocation = Invocation.of(Payload.of("{\"do\":\"throw\"}"), LIMIT);
                String id = "RequestId: " + invocation.requestId();
                assertThat(pool.invoke(invocation).logTail())
                        .matches("START " + id + " Version: \\$LATEST\n(.*\n)*.*IllegalStateException(.*\n)*END " + id
                                + "\nREPORT " + id + "\t.*\n");
            }
        }
    }

    private static CompletableFuture<String> ask(FunctionPool pool, String event) {
        return CompletableFuture.supplyAsync(
                        () -> pool.invoke(Invocation.of(Payload.of(event), LIMIT))
                                .result()
                                .payload()
                                .text(),
                        task -> new Thread(task).start())
                .orTimeout(2 * LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
