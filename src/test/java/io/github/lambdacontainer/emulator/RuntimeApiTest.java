package io.github.lambdacontainer.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The protocol as a runtime sees it, over plain HTTP. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RuntimeApiTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Payload EVENT = Payload.of("{\"name\":\"Ada\"}");
    private static final String ACCEPTED = "{\"status\":\"OK\"}\n";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private RuntimeApi api;

    @BeforeEach
    void start() throws IOException {
        api = RuntimeApi.start(MINUTE);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void theNextEventComesWithItsHeaders() {
        Instant before = Instant.now();
        api.offer(Invocation.of(EVENT, MINUTE)
                .withTraceId("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1")
                .withFunctionArn(Invocation.functionArn("greeter"))
                .withCaller(
                        Optional.of("{\"client\":{\"app_title\":\"app\"}}"),
                        Optional.of("{\"cognitoIdentityId\":\"id\",\"cognitoIdentityPoolId\":\"pool\"}"),
                        Optional.of("tenant-1")));
        HttpResponse<String> next = get("invocation/next");
        assertThat(next.statusCode()).isEqualTo(200);
        assertThat(next.body()).isEqualTo("{\"name\":\"Ada\"}");
        assertThat(header(next, "Content-Type")).isEqualTo("application/json");
        assertThat(header(next, "Lambda-Runtime-Aws-Request-Id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(Instant.ofEpochMilli(Long.parseLong(header(next, "Lambda-Runtime-Deadline-Ms"))))
                .isBetween(before.plus(MINUTE).minusMillis(1), Instant.now().plus(MINUTE));
        assertThat(header(next, "Lambda-Runtime-Invoked-Function-Arn"))
                .isEqualTo("arn:aws:lambda:us-east-1:012345678912:function:greeter");
        assertThat(header(next, "Lambda-Runtime-Trace-Id"))
                .isEqualTo("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1");
        assertThat(header(next, "Lambda-Runtime-Client-Context")).isEqualTo("{\"client\":{\"app_title\":\"app\"}}");
        assertThat(header(next, "Lambda-Runtime-Cognito-Identity"))
                .isEqualTo("{\"cognitoIdentityId\":\"id\",\"cognitoIdentityPoolId\":\"pool\"}");
        assertThat(header(next, "Lambda-Runtime-Aws-Tenant-Id")).isEqualTo("tenant-1");
    }

    @Test
    void anEventThatNoHeaderCanCarryFailsAtOnceAndLeavesTheFunctionRunning() {
        var broken = api.offer(Invocation.of(EVENT, MINUTE).withFunctionArn("a\nb"));
        var garbled = api.offer(Invocation.of(EVENT, MINUTE)
                .withCaller(Optional.of("{\"name\":\"\u0416\"}"), Optional.empty(), Optional.empty()));
        answersTheNextEvent();
        assertThat(error(broken).message())
                .isEqualTo("The function was not given the event: what belongs into the header"
                        + " Lambda-Runtime-Invoked-Function-Arn holds a character that no header can.");
        assertThat(error(garbled).message())
                .isEqualTo("The function was not given the event: what belongs into the header"
                        + " Lambda-Runtime-Client-Context holds a character that no header can.");
    }

    @Test
    void whatTheCallerDoesNotSayHasNoHeader() {
        api.offer(Invocation.of(EVENT, MINUTE));
        HttpResponse<String> next = get("invocation/next");
        assertThat(next.headers().map().keySet())
                .doesNotContain(
                        "lambda-runtime-client-context",
                        "lambda-runtime-cognito-identity",
                        "lambda-runtime-aws-tenant-id");
        assertThat(header(next, "Lambda-Runtime-Trace-Id"))
                .matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0");
    }

    @Test
    void aResponseAnswersItsInvocationOnce() {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        String id = next();
        assertThat(post("invocation/" + id + "/response", "\"Hello\"")).isEqualTo("202 " + ACCEPTED);
        assertThat(result.join().payload()).isEqualTo(Payload.of("\"Hello\""));
        assertThat(result.join().duration()).isPositive();
        assertThat(post("invocation/" + id + "/response", "\"again\""))
                .isEqualTo("400 {\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}");
        assertThat(post("invocation/" + id + "/error", "{}"))
                .isEqualTo("400 {\"errorMessage\":\"Invalid request ID\",\"errorType\":\"InvalidRequestID\"}");
    }

    @Test
    void aFunctionIsWaitedForUntilItAsksForItsNextEvent() throws Exception {
        api.offer(Invocation.of(EVENT, MINUTE));
        String id = next();
        post("invocation/" + id + "/error", "{}");
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> api.awaitNext(MINUTE));
        assertThat(waiting).isNotDone();
        getLater("invocation/next");
        waiting.get(30, TimeUnit.SECONDS);
    }

    @Test
    void aFunctionThatIsGoneIsNotWaitedFor() throws Exception {
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> api.awaitNext(MINUTE));
        assertThat(waiting).isNotDone();
        api.end(FunctionError.exited(1));
        waiting.get(30, TimeUnit.SECONDS);
    }

    @Test
    void severalEventsAreAskedForAtATimeAndAnsweredInAnyOrder() {
        List<CompletableFuture<HttpResponse<String>>> waiting =
                Stream.generate(() -> getLater("invocation/next")).limit(4).toList();
        List<CompletableFuture<InvocationResult>> results = Stream.of("1", "2", "3", "4")
                .map(event -> api.offer(Invocation.of(Payload.of(event), MINUTE)))
                .toList();
        waiting.stream()
                .map(CompletableFuture::join)
                .sorted((a, b) -> b.body().compareTo(a.body()))
                .forEach(next -> post(
                        "invocation/" + header(next, "Lambda-Runtime-Aws-Request-Id") + "/response",
                        "\"answer to " + next.body() + "\""));
        assertThat(results.stream().map(result -> result.join().payload().text()))
                .containsExactly("\"answer to 1\"", "\"answer to 2\"", "\"answer to 3\"", "\"answer to 4\"");
    }

    @Test
    void anErrorOfTheHandlerHasTypeMessageAndTraceAndLeavesTheFunctionRunning() {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        String body = "{\"errorMessage\":\"Nobody\",\"errorType\":\"java.lang.IllegalStateException\","
                + "\"stackTrace\":[\"a.B.c(B.java:1)\",\"d.E.f(E.java:2)\"]}";
        assertThat(post("invocation/" + next() + "/error", body)).isEqualTo("202 " + ACCEPTED);
        FunctionError error = error(result);
        assertThat(error.cause()).isEqualTo(FunctionError.Cause.HANDLER);
        assertThat(error.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(error.message()).isEqualTo("Nobody");
        assertThat(error.trace()).containsExactly("a.B.c(B.java:1)", "d.E.f(E.java:2)");
        assertThat(result.join().payload()).isEqualTo(Payload.of(body));
        answersTheNextEvent();
    }

    @Test
    void anErrorWhoseBodyIsNoJsonHasTheTypeOfItsHeader() throws Exception {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        HttpRequest request = HttpRequest.newBuilder(uri("invocation/" + next() + "/error"))
                .header("Lambda-Runtime-Function-Error-Type", "Function.Strange")
                .header("Lambda-Runtime-Function-XRay-Error-Cause", "{\"working_directory\":\"/\"}")
                .POST(BodyPublishers.ofString("something broke"))
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
        assertThat(error(result).type()).isEqualTo("Function.Strange");
        assertThat(error(result).message()).isEqualTo("something broke");
    }

    @Test
    void aFunctionThatCannotStartFailsEveryInvocation() {
        var before = api.offer(Invocation.of(EVENT, MINUTE));
        assertThat(post("init/error", "{\"errorMessage\":\"no table\",\"errorType\":\"a.NoTable\"}"))
                .isEqualTo("202 " + ACCEPTED);
        var after = api.offer(Invocation.of(EVENT, MINUTE));
        for (var result : List.of(before, after)) {
            assertThat(error(result).cause()).isEqualTo(FunctionError.Cause.INITIALIZATION);
            assertThat(error(result).type()).isEqualTo("a.NoTable");
            assertThat(error(result).message()).isEqualTo("no table");
        }
        assertThat(api.ready().join()).contains(error(before));
    }

    @Test
    void aFunctionThatHasStartedCannotSayThatItDidNot() {
        api.offer(Invocation.of(EVENT, MINUTE));
        next();
        assertThat(post("init/error", "{}"))
                .isEqualTo("403 {\"errorMessage\":\"State transition from Ready to InitError failed for runtime. Error:"
                        + " State transition is not allowed\",\"errorType\":\"InvalidStateTransition\"}");
    }

    @Test
    void aSnapshotIsRestoredAtOnce() {
        assertThat(get("restore/next").statusCode()).isEqualTo(200);
        assertThat(api.ready()).isNotDone();
        answersTheNextEvent();
        assertThat(api.ready().join()).isEmpty();
    }

    @Test
    void aFunctionThatCannotBeRestoredFailsEveryInvocation() {
        assertThat(get("restore/next").statusCode()).isEqualTo(200);
        assertThat(post("restore/error", "{\"errorMessage\":\"stale\",\"errorType\":\"a.Stale\"}"))
                .isEqualTo("202 " + ACCEPTED);
        assertThat(error(api.offer(Invocation.of(EVENT, MINUTE))).type()).isEqualTo("a.Stale");
    }

    @Test
    void aFunctionThatTakesTooLongIsTimedOutAndGetsNoFurtherEvent() {
        Invocation invocation = Invocation.of(EVENT, SHORT);
        var result = api.offer(invocation);
        String id = next();
        assertThat(error(result).cause()).isEqualTo(FunctionError.Cause.TIMEOUT);
        assertThat(result.join().payload().text())
                .isEqualTo("{\"errorMessage\":\"RequestId: " + invocation.requestId()
                        + " Error: Task timed out after 0.20 seconds\",\"errorType\":\"Sandbox.Timedout\"}");
        assertThat(result.join().duration()).isGreaterThanOrEqualTo(SHORT);
        assertThat(post("invocation/" + id + "/response", "\"late\"")).startsWith("400 ");
        assertThat(error(api.offer(Invocation.of(EVENT, MINUTE))).cause()).isEqualTo(FunctionError.Cause.TIMEOUT);
    }

    @Test
    void aFunctionThatNeverAsksForAnEventIsGivenUp() throws IOException {
        try (RuntimeApi impatient = RuntimeApi.start(SHORT)) {
            FunctionError error = error(impatient.offer(Invocation.of(EVENT, MINUTE)));
            assertThat(error.cause()).isEqualTo(FunctionError.Cause.TIMEOUT);
            assertThat(error.message()).isEqualTo("The function did not ask for an event within 0.20 seconds");
        }
    }

    @Test
    void theEndOfTheFunctionIsToldInLambdasWords() {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        next();
        api.end(FunctionError.exited(3));
        assertThat(result.join().payload().text())
                .isEqualTo("{\"errorMessage\":\"Runtime exited with error: exit status 3\","
                        + "\"errorType\":\"Runtime.ExitError\"}");
        assertThat(FunctionError.exited(0).message()).isEqualTo("Runtime exited without providing a reason");
    }

    @Test
    void whoWaitsWhenTheApiIsClosedIsTold() {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        api.close();
        assertThat(error(result).cause()).isEqualTo(FunctionError.Cause.STOPPED);
    }

    @Test
    void aResponseOfTheLargestSizeIsTaken() {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        assertThat(post("invocation/" + next() + "/response", "x".repeat(6_291_556)))
                .isEqualTo("202 " + ACCEPTED);
        assertThat(result.join().payload().size()).isEqualTo(6_291_556);
    }

    @Test
    void aLargerResponseIsRefusedAndLeavesTheFunctionRunning() {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        String id = next();
        assertThat(post("invocation/" + id + "/response", "x".repeat(20_000_000)))
                .isEqualTo("413 {\"errorMessage\":\"Exceeded maximum allowed payload size (6291556 bytes).\","
                        + "\"errorType\":\"RequestEntityTooLarge\"}");
        assertThat(result.join().payload().text())
                .isEqualTo("{\"errorMessage\":\"Response payload size (20000000 bytes) exceeded maximum allowed payload"
                        + " size (6291556 bytes).\",\"errorType\":\"Function.ResponseSizeTooLarge\"}");
        assertThat(error(result).cause()).isEqualTo(FunctionError.Cause.RESPONSE);
        // The interface client reports the refusal as an error, and ends where that is refused.
        assertThat(post("invocation/" + id + "/error", "{}")).isEqualTo("202 " + ACCEPTED);
        assertThat(post("invocation/" + id + "/error", "{}")).startsWith("400 ");
        answersTheNextEvent();
    }

    @Test
    void anEventOfTheLargestSizeIsDeliveredAndALargerOneIsNone() {
        api.offer(Invocation.of(Payload.of("x".repeat(6_291_456)), MINUTE));
        assertThat(get("invocation/next").body()).hasSize(6_291_456);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Invocation.of(Payload.of("x".repeat(6_291_457)), MINUTE))
                .withMessage("An event of 6291457 bytes");
    }

    @Test
    void aChunkedResponseIsTaken() throws Exception {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        HttpRequest request = HttpRequest.newBuilder(uri("invocation/" + next() + "/response"))
                .POST(BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream("\"in chunks\"".getBytes(StandardCharsets.UTF_8))))
                .build();
        assertThat(request.bodyPublisher().orElseThrow().contentLength()).isNegative();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
        assertThat(result.join().payload().text()).isEqualTo("\"in chunks\"");
    }

    @Test
    void aStreamedResponseIsRefusedByName() throws Exception {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        HttpRequest request = HttpRequest.newBuilder(uri("invocation/" + next() + "/response"))
                .header("Lambda-Runtime-Function-Response-Mode", "streaming")
                .POST(BodyPublishers.ofString("part"))
                .build();
        HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"errorMessage\":\"Invalid function response mode\","
                        + "\"errorType\":\"InvalidFunctionResponseMode\"}");
        assertThat(error(result).message())
                .isEqualTo("The function answers in the response mode 'streaming'; only buffered responses are taken"
                        + " here.");
        answersTheNextEvent();
    }

    @Test
    void otherPathsAndMethodsAreUnknown() {
        assertThat(get("invocation").statusCode()).isEqualTo(404);
        assertThat(get("init/error").statusCode()).isEqualTo(404);
        assertThat(get("../logs").statusCode()).isEqualTo(404);
        assertThat(post("invocation/next", "")).startsWith("404 ");
        assertThat(post("invocation/x/other", "")).startsWith("404 ");
    }

    @Test
    void anEventPassesOverARuntimeThatHasClosedItsConnection() throws Exception {
        asks().close();
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        assertThat(post("invocation/" + next() + "/response", "\"fine\"")).isEqualTo("202 " + ACCEPTED);
        assertThat(result.join().payload().text()).isEqualTo("\"fine\"");
    }

    @Test
    void anEventOfOneBytePassesOverARuntimeThatHasClosedItsConnection() throws Exception {
        asks().close();
        var result = api.offer(Invocation.of(Payload.of("1"), MINUTE));
        assertThat(post("invocation/" + next() + "/response", "\"fine\"")).isEqualTo("202 " + ACCEPTED);
        assertThat(result.join().payload().text()).isEqualTo("\"fine\"");
    }

    @Test
    void anEventPassesOverARuntimeWhoseConnectionBroke() throws Exception {
        Socket broken = asks();
        broken.setSoLinger(true, 0);
        broken.close();
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        assertThat(post("invocation/" + next() + "/response", "\"fine\"")).isEqualTo("202 " + ACCEPTED);
        assertThat(result.join().payload().text()).isEqualTo("\"fine\"");
    }

    @Test
    void anEventThatCameBackFromAClosedConnectionIsNotWaitedForLongerThanItsTime() throws Exception {
        asks().close();
        var result = api.offer(Invocation.of(EVENT, SHORT));
        assertThat(error(result).cause()).isEqualTo(FunctionError.Cause.TIMEOUT);
    }

    @Test
    void anEventThatARunningFunctionDoesNotAskForIsNotWaitedForLongerThanItsTime() {
        answersTheNextEvent();
        var result = api.offer(Invocation.of(EVENT, SHORT));
        assertThat(error(result).cause()).isEqualTo(FunctionError.Cause.TIMEOUT);
    }

    /** A runtime that waits for an event. */
    private Socket asks() throws IOException {
        String[] address = api.address().split(":");
        Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
        socket.getOutputStream()
                .write("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: x\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        api.ready().join();
        return socket;
    }

    @Test
    void everyInvocationHasAnIdOfItsOwn() {
        Set<String> ids = Stream.generate(() -> Invocation.of(EVENT, MINUTE).requestId())
                .limit(100)
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(100);
    }

    @Test
    void nobodyListensAfterClosing() throws Exception {
        int port;
        try (Socket socket = asks()) {
            port = socket.getPort();
            api.close();
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        // The port goes with the server's dispatcher, which may be a moment after the connections.
        for (int tries = 0; tries < 500 && listens(port); tries++) {
            Thread.sleep(20);
        }
        assertThat(listens(port)).isFalse();
    }

    @Test
    void anApiThatIsClosedIsNotKeptForAsLongAsAFunctionMayTakeToStart() throws Exception {
        RuntimeApi closed = RuntimeApi.start(MINUTE);
        closed.close();
        WeakReference<RuntimeApi> kept = new WeakReference<>(closed);
        closed = null;
        for (int tries = 0; tries < 500 && kept.get() != null; tries++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(kept.get()).isNull();
    }

    /** Else the JDK's server keeps the second half of an answer back until the client has acknowledged the first. */
    @Test
    void answersAreNotKeptBack() {
        assertThat(System.getProperty("sun.net.httpserver.nodelay")).isEqualTo("true");
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    private void answersTheNextEvent() {
        var result = api.offer(Invocation.of(EVENT, MINUTE));
        assertThat(post("invocation/" + next() + "/response", "\"fine\"")).isEqualTo("202 " + ACCEPTED);
        assertThat(result.join().payload().text()).isEqualTo("\"fine\"");
    }

    private static FunctionError error(CompletableFuture<InvocationResult> result) {
        return ((InvocationResult.Failed) result.join()).error();
    }

    private String next() {
        return header(get("invocation/next"), "Lambda-Runtime-Aws-Request-Id");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private HttpResponse<String> get(String path) {
        return getLater(path).join();
    }

    private CompletableFuture<HttpResponse<String>> getLater(String path) {
        return http.sendAsync(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    private String post(String path, String body) {
        HttpResponse<String> response = http.sendAsync(
                        HttpRequest.newBuilder(uri(path))
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .join();
        return response.statusCode() + " " + response.body();
    }

    private URI uri(String path) {
        return URI.create("http://" + api.address() + "/2018-06-01/runtime/" + path);
    }
}
