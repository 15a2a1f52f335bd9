package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.lambdacontainer.build.Builds;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** The goal {@code serve} in a Maven that is ended as by Ctrl-C. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class ServeIT {

    private static final Pattern ADDRESS = Pattern.compile(
            "Serving the function at (http://127\\.0\\.0\\.1:\\d+/2015-03-31/functions/function/invocations)");

    /** A Maven that serves. */
    record Serving(Command.Running maven, URI address) implements AutoCloseable {

        static Serving start(MavenBuild build) throws IOException, InterruptedException {
            Command.Running maven = build.goals(It.goal("serve")).start();
            try {
                return new Serving(maven, URI.create(await(maven, ADDRESS)));
            } catch (AssertionError | InterruptedException e) {
                maven.close();
                throw e;
            }
        }

        /** The first group of what the log will hold; the test's own limit ends a wait in vain. */
        static String await(Command.Running maven, Pattern pattern) throws InterruptedException {
            Matcher matcher = pattern.matcher(maven.log());
            while (!matcher.find()) {
                assertThat(maven.process().isAlive()).as(maven.log()).isTrue();
                Thread.sleep(100);
                matcher = pattern.matcher(maven.log());
            }
            return matcher.group(1);
        }

        void awaitLine(String text) throws InterruptedException {
            await(maven, Pattern.compile("(" + Pattern.quote(text) + ")"));
        }

        HttpResponse<String> post(String event) {
            return get(postLater(event));
        }

        /** What comes within a minute: nothing interrupts a wait without a limit. */
        static <T> T get(CompletableFuture<T> later) {
            return later.orTimeout(60, TimeUnit.SECONDS).join();
        }

        CompletableFuture<HttpResponse<String>> postLater(String event) {
            return HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(address)
                                    .POST(BodyPublishers.ofString(event))
                                    .build(),
                            BodyHandlers.ofString());
        }

        @Override
        public void close() throws IOException {
            maven.close();
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
            assertThat(several.stream().map(each -> Serving.get(each).body()))
                    .containsExactly(
                            "\"Hello, a!\"",
                            "\"Hello, b!\"",
                            "\"Hello, c!\"",
                            "\"Hello, d!\"",
                            "\"Hello, e!\"",
                            "\"Hello, f!\"");

            Path source = RunIT.source(build);
            Files.writeString(source, Files.readString(source).replace("Hello, ", "Good day, "));
            Builds.compile(source, target.resolve("classes"));
            serving.awaitLine("has changed: the next event gets the new function.");
            assertThat(serving.post("{\"name\":\"Ada\"}").body()).isEqualTo("\"Good day, Ada!\"");

            serving.maven().interrupt();
        }
        RunIT.assertNothingIsLeft(target);
    }

    @Test
    void aFunctionWhoseImageHasItsJarIsServedFromItsClasses() throws Exception {
        MavenBuild build = MavenBuild.project("quickstart")
                .from(Base.AWS_JAVA_17)
                .property("lambda-container.containerizingMode", "packaged");
        Path target = build.directory().resolve("target");
        try (Serving serving = Serving.start(build)) {
            assertThat(serving.post("{\"name\":\"Ada\"}").body()).isEqualTo("\"Hello, Ada!\"");
            assertThat(target.toFile().list()).noneMatch(name -> name.endsWith(".jar"));
            serving.maven().interrupt();
        }
        RunIT.assertNothingIsLeft(target);
    }

    @Test
    @NeedsTool("curl")
    void aModuleOfSeveralIsServedAndItsCallersNameItAsTheyLike() throws Exception {
        MavenBuild build = MavenBuild.project("multi-module")
                .from(Base.AWS_JAVA_17)
                .argument("-pl")
                .argument("function")
                .argument("-am");
        try (Serving serving = Serving.start(build);
                LambdaClient lambda = LambdaClient.builder()
                        .endpointOverride(serving.address().resolve("/"))
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "one")))
                        .httpClient(UrlConnectionHttpClient.create())
                        .build()) {
            InvokeResponse response = lambda.invoke(request -> request.functionName("orders")
                    .logType(LogType.TAIL)
                    .payload(SdkBytes.fromUtf8String(Function.MULTI_MODULE.event)));
            Function.MULTI_MODULE.assertResponse(response.payload().asUtf8String());
            assertThat(new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8))
                    .contains("REPORT RequestId: " + response.responseMetadata().requestId());
            String said = Command.of(
                            Tools.get("curl"), "--silent", "--data", Function.MULTI_MODULE.event, serving.address())
                    .output();
            Function.MULTI_MODULE.assertResponse(said);
            assertThat(serving.maven().log())
                    .contains(
                            "[INFO] Skipped: packaging pom has no function.",
                            "[INFO] Skipped: no handler in this module.");
            serving.maven().interrupt();
        }
        RunIT.assertNothingIsLeft(build.directory().resolve("function/target"));
    }

    @Test
    void aFunctionThatIsBusyIsEndedWithCtrlC() throws Exception {
        MavenBuild build = MavenBuild.project("quickstart").from(Base.AWS_JAVA_17);
        EngineIT.neverReturns(build);
        try (Command.Running maven = build.goals(It.goal("invoke")).start()) {
            Serving.await(maven, Pattern.compile("(\\| busy)"));
            assertThat(maven.interrupt().exitCode()).isEqualTo(130);
        }
        RunIT.assertNothingIsLeft(build.directory().resolve("target"));
        try (Serving serving = Serving.start(build)) {
            CompletableFuture<HttpResponse<String>> answer = serving.postLater("{}");
            serving.awaitLine("| busy");
            assertThat(serving.maven().interrupt().exitCode()).isEqualTo(130);
            String end = Serving.get(answer.handle((response, failure) -> "over"));
            assertThat(end).isEqualTo("over");
            assertThatIOException()
                    .isThrownBy(() -> new Socket("127.0.0.1", serving.address().getPort()).close());
        }
        RunIT.assertNothingIsLeft(build.directory().resolve("target"));
    }
}
