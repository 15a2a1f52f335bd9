package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.archive.OtherEngines;
import io.github.lambdacontainer.build.BuildRequest;
import io.github.lambdacontainer.build.Builds;
import io.github.lambdacontainer.build.ImageBuild;
import io.github.lambdacontainer.local.FunctionSettings;
import io.github.lambdacontainer.local.StagedImage;
import io.github.lambdacontainer.local.Staging;
import io.github.lambdacontainer.report.ConsoleLog;
import io.github.lambdacontainer.report.Lines;
import io.github.lambdacontainer.report.RunLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A function that is served gives way to the new one when its classes change: nobody is cut off, no change is lost. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class RestartIT {

    /** Says which it is; on "wait PORT" not before somebody who listens there lets go. */
    private static final String FUNCTION = """
            package com.example;
            import com.amazonaws.services.lambda.runtime.Context;
            import com.amazonaws.services.lambda.runtime.RequestHandler;
            public final class Hello implements RequestHandler<String, String> {
                public String handleRequest(String event, Context context) {
                    if (event.startsWith("wait ")) {
                        try (var gate = new java.net.Socket("127.0.0.1", Integer.parseInt(event.substring(5)))) {
                            gate.getInputStream().read();
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                    return "%s";
                }
            }
            """;

    /** What takes longer does not come. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    private static Builds builds;

    /** What happens between the time when an image is ready, and the time when it is taken; one for each image. */
    private final Deque<Runnable> changes = new ArrayDeque<>();

    @BeforeAll
    static void linkOnce() {
        builds = new Builds(directory);
        builds.baseImage = Optional.of("scratch");
        compile("one");
        build().prepare(builds.request());
    }

    private static ImageBuild build() {
        return new ImageBuild(builds.rooms(), new ConsoleLog(builds, Optional.empty()));
    }

    @BeforeEach
    void begin() {
        compile("one");
    }

    private static void compile(String name) {
        try {
            builds.compile("Hello", FUNCTION.formatted(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The function as the goal serves it, until this is closed. */
    private final class Served implements AutoCloseable, Lines {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread thread;
        private final URI address;

        Served() throws InterruptedException {
            Staging staging = new Staging(directory.resolve("cache"), directory.resolve("work"));
            FunctionImages images =
                    new FunctionImages(build(), staging, FunctionImages.Engine.NONE, OtherEngines.none()) {
                        @Override
                        StagedImage stage(BuildRequest request) {
                            StagedImage staged = super.stage(request);
                            Optional.ofNullable(changes.poll()).ifPresent(Runnable::run);
                            return staged;
                        }
                    };
            Running running = new Running(
                    () -> List.of(builds.request()),
                    images,
                    new FunctionSettings("hello", 256, LIMIT, Map.of()),
                    new RunLog(this, System.out));
            thread = new Thread(() -> running.serve(new ServeOptions()), "served");
            thread.start();
            String start = "Serving the function at ";
            try {
                address = URI.create(await(start, 1).substring(start.length()));
            } catch (AssertionError | InterruptedException e) {
                end();
                throw e;
            }
        }

        /** Waits for the line with this beginning, the first of its kind or a later one. */
        String await(String start, int number) throws InterruptedException {
            long began = System.nanoTime();
            while (true) {
                boolean alive = thread.isAlive() && System.nanoTime() - began < LIMIT.toNanos();
                List<String> found =
                        lines.stream().filter(line -> line.startsWith(start)).toList();
                if (found.size() >= number) {
                    return found.get(number - 1);
                }
                assertThat(alive)
                        .as("'%s' for time %d in %s", start, number, lines)
                        .isTrue();
                Thread.sleep(20);
            }
        }

        void awaitRestart(int number) throws InterruptedException {
            assertThat(await("Something below ", number))
                    .isEqualTo("Something below " + builds.request().project().classesDirectory()
                            + " has changed: the next event gets the new function.");
        }

        CompletableFuture<String> askLater(String event) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .POST(BodyPublishers.ofString('"' + event + '"'))
                    .build();
            return HttpClient.newHttpClient()
                    .sendAsync(request, BodyHandlers.ofString())
                    .thenApply(HttpResponse::body)
                    .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }

        String ask() {
            return askLater("").join();
        }

        @Override
        public void info(String line) {
            lines.add(line);
        }

        @Override
        public void warn(String line) {
            lines.add("WARN " + line);
        }

        @Override
        public void debug(String line) {}

        @Override
        public void close() {
            end();
            assertThat(directory.resolve("work")).isEmptyDirectory();
        }

        private void end() {
            thread.interrupt();
            try {
                thread.join(LIMIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
            assertThat(thread.isAlive()).as("serving ends when interrupted").isFalse();
        }
    }

    @Test
    void theOldFunctionAnswersWhatItWasAskedWhileTheNewOneIsThere() throws Exception {
        try (Served served = new Served();
                ServerSocket gate = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            gate.setSoTimeout((int) LIMIT.toMillis());
            CompletableFuture<String> old = served.askLater("wait " + gate.getLocalPort());
            try (Socket waiting = gate.accept()) {
                compile("two");
                served.awaitRestart(1);
                assertThat(served.ask()).isEqualTo("\"two\"");
                assertThat(old).isNotDone();
                waiting.getOutputStream().write('!');
            }
            assertThat(old.join()).isEqualTo("\"one\"");
            assertThat(served.ask()).isEqualTo("\"two\"");
            assertThat(directory.resolve("work").toFile().list())
                    .as("the old function's files go with its last answer")
                    .hasSize(1);
        }
    }

    @Test
    void aChangeDuringARestartIsNotLost() throws Exception {
        changes.add(() -> {});
        changes.add(() -> compile("three"));
        try (Served served = new Served()) {
            assertThat(served.ask()).isEqualTo("\"one\"");
            compile("two");
            served.awaitRestart(2);
            assertThat(served.ask()).isEqualTo("\"three\"");
        }
    }

    @Test
    void aChangeWhileTheFirstImageIsMadeIsNotLost() throws Exception {
        changes.add(() -> compile("two"));
        try (Served served = new Served()) {
            served.awaitRestart(1);
            assertThat(served.ask()).isEqualTo("\"two\"");
        }
    }

    @Test
    void whatCannotBeRunLeavesTheOldFunctionUntilItCan() throws Exception {
        try (Served served = new Served()) {
            Files.delete(directory.resolve("target/classes/com/example/Hello.class"));
            assertThat(served.await("WARN ", 1))
                    .isEqualTo(
                            "WARN What has changed cannot be run, so the function stays as it was. The project has no"
                                    + " compiled classes in 'target/classes'.\n  Next: Run 'mvn package', or bind the goal to the"
                                    + " phase 'package' so that classes are compiled before it.");
            assertThat(served.ask()).isEqualTo("\"one\"");
            compile("two");
            served.awaitRestart(1);
            assertThat(served.ask()).isEqualTo("\"two\"");
        }
    }
}
