package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.Context;
import io.github.lambdacontainer.emulator.FunctionError;
import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.emulator.Payload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Runtime API against the real interface client, on this machine's Java. */
@Timeout(120)
class RuntimeApiIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private LocalFunction api;
    private Process function;

    @BeforeEach
    void startApi() throws IOException {
        api = new LocalFunction();
    }

    @AfterEach
    void stop() {
        if (function != null) {
            function.destroyForcibly();
        }
        api.close();
    }

    @Test
    void anEventReachesTheHandlerAndItsResponseComesBack() throws IOException {
        start(Greeting.class);
        assertThat(api.invoke("\"Ada\"", LIMIT)).isEqualTo("\"Hello, Ada!\"");
        assertThat(api.invoke("\"Bob\"", LIMIT)).isEqualTo("\"Hello, Bob!\"");
    }

    @Test
    void anExceptionOfTheHandlerIsAnErrorWithItsTypeAndMessage() throws IOException {
        start(Greeting.class);
        assertThatExceptionOfType(LocalFunction.Failed.class)
                .isThrownBy(() -> api.invoke("\"\"", LIMIT))
                .withMessage("Nobody to greet")
                .satisfies(error -> assertThat(error.type()).isEqualTo("java.lang.IllegalArgumentException"));
        assertThat(api.invoke("\"Ada\"", LIMIT)).isEqualTo("\"Hello, Ada!\"");
    }

    @Test
    void aFunctionThatCannotStartFailsItsInvocations() throws IOException {
        start(Broken.class);
        assertThatExceptionOfType(LocalFunction.Failed.class)
                .isThrownBy(() -> api.invoke("\"Ada\"", LIMIT))
                .withMessageContaining("broken on purpose");
    }

    @Test
    void whatLambdaTellsOfAnInvocationIsInTheContext() throws IOException {
        start(Telling.class);
        Invocation invocation = Invocation.of(Payload.of("\"\""), LIMIT)
                .withFunctionArn(Invocation.functionArn("teller"))
                .withTraceId("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700")
                .withCaller(
                        Optional.of("{\"client\":{\"app_title\":\"shop\"},\"custom\":{\"a\":\"b\"}}"),
                        Optional.of("{\"cognitoIdentityId\":\"me\",\"cognitoIdentityPoolId\":\"pool\"}"),
                        Optional.of("tenant-1"));
        String answer = api.api().invoke(invocation).payload().text();
        assertThat(answer)
                .isEqualTo("\"%s, %s, shop, {a=b}, me, pool, tenant-1, Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700, true\""
                        .formatted(invocation.requestId(), Invocation.functionArn("teller")));
    }

    @Test
    void aFunctionThatTakesSeveralEventsAtATimeGetsThem() throws IOException {
        start(Meeting.class, "AWS_LAMBDA_MAX_CONCURRENCY", "3");
        List<CompletableFuture<InvocationResult>> results = Stream.of("\"a\"", "\"b\"", "\"c\"")
                .map(event -> api.api().offer(Invocation.of(Payload.of(event), LIMIT)))
                .toList();
        assertThat(results.stream().map(result -> result.join().payload().text()))
                .containsExactly("\"a met all\"", "\"b met all\"", "\"c met all\"");
    }

    @Test
    void aResponseThatIsTooLargeIsAnErrorAndTheFunctionGoesOn() throws IOException {
        start(Long.class);
        assertThatExceptionOfType(LocalFunction.Failed.class)
                .isThrownBy(() -> api.invoke("7000000", LIMIT))
                .withMessage(
                        "Response payload size (7000002 bytes) exceeded maximum allowed payload size (6291556 bytes).");
        assertThat(api.invoke("3", LIMIT)).isEqualTo("\"xxx\"");
    }

    @Test
    void aFunctionThatIsRestoredFromASnapshotIsToldBeforeItsFirstEvent() throws IOException {
        start(Restored.class, "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        assertThat(api.invoke("\"Ada\"", LIMIT)).isEqualTo("\"Hello, Ada! before, after\"");
    }

    @Test
    void aFunctionThatCannotBeRestoredFailsItsInvocations() throws IOException {
        start(Restored.class, "AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start", "RESTORE", "fails");
        assertThatExceptionOfType(LocalFunction.Failed.class)
                .isThrownBy(() -> api.invoke("\"Ada\"", LIMIT))
                .withMessage("com.amazonaws.services.lambda.crac.RestoreException")
                .satisfies(error ->
                        assertThat(error.type()).isEqualTo("com.amazonaws.services.lambda.crac.RestoreException"));
    }

    private void start(Class<?> handler, String... environment) throws IOException {
        String classPath = Stream.concat(
                        InterfaceClient.jars().stream(), Stream.of(It.target().resolve("test-classes")))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(List.of(
                It.jdk().resolve("bin/java").toString(),
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                        + InterfaceClient.nativeLibrary(),
                "-cp",
                classPath,
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                handler.getName() + "::greet"));
        builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Path log = It.directory("runtime-api").resolve("function.log");
        function =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        function.onExit().thenAccept(ended -> api.api().end(FunctionError.exited(ended.exitValue())));
    }

    /** A handler that greets. */
    public static class Greeting {

        public String greet(String name) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("Nobody to greet");
            }
            return "Hello, " + name + "!";
        }
    }

    /** A handler that cannot be constructed. */
    public static class Broken {

        public Broken() {
            throw new IllegalStateException("broken on purpose");
        }

        public String greet(String name) {
            return name;
        }
    }

    /** A handler that tells what it was told. */
    public static class Telling {

        public String greet(String event, Context context) {
            int left = context.getRemainingTimeInMillis();
            return Stream.of(
                            context.getAwsRequestId(),
                            context.getInvokedFunctionArn(),
                            context.getClientContext().getClient().getAppTitle(),
                            context.getClientContext().getCustom(),
                            context.getIdentity().getIdentityId(),
                            context.getIdentity().getIdentityPoolId(),
                            context.getTenantId(),
                            System.getProperty("com.amazonaws.xray.traceHeader"),
                            left > 50_000 && left <= 60_000)
                    .map(String::valueOf)
                    .collect(Collectors.joining(", "));
        }
    }

    /** A handler that answers once three events are there. */
    public static class Meeting {

        private final CyclicBarrier all = new CyclicBarrier(3);

        public String greet(String name) throws Exception {
            all.await();
            return name + " met all";
        }
    }

    /** A handler that hears of snapshots. */
    public static class Restored implements Resource {

        private final List<String> heard = new ArrayList<>();

        public Restored() {
            Core.getGlobalContext().register(this);
        }

        @Override
        public void beforeCheckpoint(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
            heard.add("before");
        }

        @Override
        public void afterRestore(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
            if ("fails".equals(System.getenv("RESTORE"))) {
                throw new IllegalStateException("stale on purpose");
            }
            heard.add("after");
        }

        public String greet(String name) {
            return "Hello, " + name + "! " + String.join(", ", heard);
        }
    }

    /** A handler whose responses are as long as asked for. */
    public static class Long {

        public String greet(int length) {
            return "x".repeat(length);
        }
    }
}
