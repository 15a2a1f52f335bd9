package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The goal {@code serve} in a Maven that is ended as by Ctrl-C. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class ServeIT {

    private static final Pattern ADDRESS = Pattern.compile(
            "Serving the function at (http://127\\.0\\.0\\.1:\\d+/2015-03-31/functions/function/invocations)");

    /** A Maven that serves. */
    private record Serving(Process maven, BufferedReader output, URI address) implements AutoCloseable {

        static Serving start(MavenBuild build) throws IOException {
            Process maven = build.goals(
                            "io.github.lambdacontainer:lambda-container-maven-plugin:" + It.version() + ":serve")
                    .start();
            BufferedReader output = maven.inputReader();
            StringBuilder log = new StringBuilder();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.append(line).append('\n');
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    return new Serving(maven, output, URI.create(address.group(1)));
                }
            }
            throw new AssertionError("It does not serve:\n" + log);
        }

        void awaitLine(String text) throws IOException {
            String line = output.readLine();
            while (line != null && !line.contains(text)) {
                line = output.readLine();
            }
            assertThat(line).isNotNull();
        }

        HttpResponse<String> post(String event) {
            return postLater(event).join();
        }

        CompletableFuture<HttpResponse<String>> postLater(String event) {
            return HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(address)
                                    .POST(BodyPublishers.ofString(event))
                                    .build(),
                            BodyHandlers.ofString());
        }

        /** What the terminal sends at Ctrl-C. */
        void interrupt() throws InterruptedException {
            Command.of("kill", "-INT", java(maven.toHandle()).pid()).output();
            assertThat(maven.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        private static ProcessHandle java(ProcessHandle process) {
            return Stream.concat(Stream.of(process), process.descendants())
                    .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            maven.descendants().forEach(ProcessHandle::destroy);
            maven.destroy();
        }
    }

    @Test
    void itServesSeveralAtATimeTakesNewClassesAndEndsWithCtrlC() throws Exception {
        MavenBuild build = MavenBuild.project("quickstart").from(Base.AWS_JAVA_17);
        Path target = build.directory().resolve("target");
        try (Serving serving = Serving.start(build)) {
            HttpResponse<String> response = serving.post("{\"name\":\"Ada\"}");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("\"Hello, Ada!\"");

            List<CompletableFuture<HttpResponse<String>>> several = Stream.of("a", "b", "c", "d", "e", "f")
                    .map(name -> serving.postLater("{\"name\":\"" + name + "\"}"))
                    .toList();
            assertThat(several.stream().map(each -> each.join().body()))
                    .containsExactly(
                            "\"Hello, a!\"",
                            "\"Hello, b!\"",
                            "\"Hello, c!\"",
                            "\"Hello, d!\"",
                            "\"Hello, e!\"",
                            "\"Hello, f!\"");

            Path source = RunIT.source(build);
            Files.writeString(source, Files.readString(source).replace("Hello, ", "Good day, "));
            compile(source, target.resolve("classes"));
            serving.awaitLine("has changed: the next event gets the new function.");
            assertThat(serving.post("{\"name\":\"Ada\"}").body()).isEqualTo("\"Good day, Ada!\"");

            serving.interrupt();
        }
        RunIT.assertNothingIsLeft(target);
    }

    private static void compile(Path source, Path classes) throws IOException {
        String classPath = String.join(
                ":", InterfaceClient.jars().stream().map(Path::toString).toList());
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "--release",
                                "17",
                                "-cp",
                                classPath,
                                "-d",
                                classes.toString(),
                                source.toString()))
                .isZero();
    }
}
