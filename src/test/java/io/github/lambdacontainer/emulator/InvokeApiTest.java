package io.github.lambdacontainer.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvalidRequestContentException;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;

/** The invoke API as the AWS SDK and plain HTTP see it. */
@Timeout(120)
class InvokeApiTest {

    private final BlockingQueue<Invocation> invocations = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();
    private InvokeApi api;
    private LambdaClient lambda;

    @BeforeEach
    void start() throws IOException {
        api = InvokeApi.start(0, Duration.ofSeconds(3), this::answer, failures::add);
        lambda = LambdaClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + api.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @AfterEach
    void close() {
        lambda.close();
        api.close();
    }

    private Invoked answer(Invocation invocation) {
        invocations.add(invocation);
        Duration duration = Duration.ofMillis(5);
        if (invocation.event().text().equals("\"fail\"")) {
            Payload error = Payload.of("{\"errorMessage\":\"on purpose\",\"errorType\":\"a.Failure\"}");
            FunctionError failure = FunctionError.sent(FunctionError.Cause.HANDLER, "", error);
            return new Invoked(new InvocationResult.Failed(duration, failure), "a log");
        }
        if (invocation.event().text().equals("\"break\"")) {
            throw new IllegalStateException("No process can be started");
        }
        return new Invoked(new InvocationResult.Response(duration, invocation.event()), "a log");
    }

    @Test
    void theResponseComesWithTheVersionAndARequestId() throws InterruptedException {
        InvokeResponse response = lambda.invoke(r -> r.functionName("function").payload(json("{\"name\":\"Ada\"}")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.payload().asUtf8String()).isEqualTo("{\"name\":\"Ada\"}");
        assertThat(response.executedVersion()).isEqualTo("$LATEST");
        assertThat(response.functionError()).isNull();
        assertThat(response.logResult()).isNull();
        Invocation invocation = invocations.take();
        assertThat(response.responseMetadata().requestId()).isEqualTo(invocation.requestId());
        assertThat(invocation.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(invocation.functionArn()).isEqualTo("arn:aws:lambda:us-east-1:012345678912:function:function");
    }

    @Test
    void anErrorOfTheFunctionIsMarked() {
        InvokeResponse response = lambda.invoke(r -> r.functionName("function").payload(json("\"fail\"")));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.functionError()).isEqualTo("Unhandled");
        assertThat(response.payload().asUtf8String())
                .isEqualTo("{\"errorMessage\":\"on purpose\",\"errorType\":\"a.Failure\"}");
    }

    @Test
    void theEndOfTheLogComesWhereItIsAskedFor() {
        InvokeResponse response = lambda.invoke(
                r -> r.functionName("function").logType(LogType.TAIL).payload(json("{}")));
        assertThat(new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8))
                .isEqualTo("a log");
    }

    @Test
    void nobodyWaitsForAnEvent() throws InterruptedException {
        InvokeResponse response = lambda.invoke(r ->
                r.functionName("function").invocationType(InvocationType.EVENT).payload(json("{\"a\":1}")));
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.payload().asByteArray()).isEmpty();
        assertThat(invocations.take().event().text()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aDryRunRunsNothing() throws InterruptedException {
        InvokeResponse response = lambda.invoke(r -> r.functionName("function")
                .invocationType(InvocationType.DRY_RUN)
                .payload(json("{}")));
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(invocations.poll(0, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void theClientContextIsDecoded() throws InterruptedException {
        String context = "{\"custom\":{\"a\":\"b\"}}";
        lambda.invoke(r -> r.functionName("function")
                .clientContext(Base64.getEncoder().encodeToString(context.getBytes(StandardCharsets.UTF_8)))
                .payload(json("{}")));
        assertThat(invocations.take().clientContext()).contains(context);
    }

    /** A header holds neither a line break nor a letter that is not Latin. */
    @Test
    void aClientContextOfSeveralLinesAndAnyLettersIsHandedOnInOneLineOfAscii() throws InterruptedException {
        String context = "{\n  \"custom\" : {\n    \"name\" : \"Ada \u0416\"\n  }\n}\n";
        lambda.invoke(r -> r.functionName("function")
                .clientContext(Base64.getEncoder().encodeToString(context.getBytes(StandardCharsets.UTF_8)))
                .payload(json("{}")));
        assertThat(invocations.take().clientContext()).contains("{\"custom\":{\"name\":\"Ada \\u0416\"}}");
    }

    @Test
    void aNameThatNoFunctionHasIsRefused() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + api.port() + "/2015-03-31/functions/a%0Ab/invocations");
        HttpRequest request =
                HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString("{}")).build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
        assertThat(invocations).isEmpty();
    }

    @Test
    void traceAndTenantAreHandedOn() throws Exception {
        HttpResponse<String> response = post("{}", "X-Amzn-Trace-Id", "Root=1-2-3", "X-Amz-Tenant-Id", "t1");
        assertThat(response.statusCode()).isEqualTo(200);
        Invocation invocation = invocations.take();
        assertThat(invocation.traceId()).isEqualTo("Root=1-2-3");
        assertThat(invocation.tenantId()).isEqualTo(Optional.of("t1"));
    }

    @Test
    void aFunctionIsNamedInEveryWayThatLambdaKnows() throws InterruptedException {
        String arn = "arn:aws:lambda:us-east-1:012345678912:function:orders";
        for (String name : List.of("orders", "012345678912:function:orders", arn)) {
            lambda.invoke(r -> r.functionName(name).payload(json("{}")));
            assertThat(invocations.take().functionArn()).as(name).isEqualTo(arn);
        }
        lambda.invoke(r -> r.functionName("orders").qualifier("live").payload(json("{}")));
        assertThat(invocations.take().functionArn()).isEqualTo(arn + ":live");
        lambda.invoke(r -> r.functionName("orders:7").payload(json("{}")));
        assertThat(invocations.take().functionArn()).isEqualTo(arn + ":7");
    }

    /** What {@code aws lambda invoke --function-name … --qualifier live --log-type Tail} of the AWS CLI sends. */
    @Test
    void theCommandLineOfAwsIsAnswered() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.getOutputStream().write("""
                    POST /2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A012345678912%3Afunction%3Aorders\
                    /invocations?Qualifier=live HTTP/1.1
                    Host: 127.0.0.1
                    Accept-Encoding: identity
                    X-Amz-Invocation-Type: RequestResponse
                    X-Amz-Log-Type: Tail
                    User-Agent: aws-cli/2.27.0 md/awscrt#0.26.1 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.13
                    X-Amz-Date: 20260101T000000Z
                    Authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/lambda/aws4_request, \
                    SignedHeaders=host;x-amz-date;x-amz-invocation-type;x-amz-log-type, Signature=0
                    Content-Length: 14
                    Connection: close

                    {"name":"Ada"}""".replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(response)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("\r\nX-Amz-Executed-Version: $LATEST\r\n")
                    .containsIgnoringCase("\r\nX-Amz-Log-Result: "
                            + Base64.getEncoder().encodeToString("a log".getBytes(StandardCharsets.UTF_8)) + "\r\n")
                    .endsWith("\r\n\r\n{\"name\":\"Ada\"}");
        }
        assertThat(invocations.take().functionArn())
                .isEqualTo("arn:aws:lambda:us-east-1:012345678912:function:orders:live");
    }

    @Test
    void noPayloadIsAnEmptyObject() throws InterruptedException {
        lambda.invoke(r -> r.functionName("function"));
        assertThat(invocations.take().event().text()).isEqualTo("{}");
    }

    @Test
    void aPayloadThatIsNoJsonIsRefused() {
        assertThatExceptionOfType(InvalidRequestContentException.class)
                .isThrownBy(() -> lambda.invoke(r -> r.functionName("function").payload(json("Hello"))))
                .withMessageStartingWith("Could not parse request body into json: Unrecognized token 'Hello'");
        assertThat(invocations).isEmpty();
    }

    @Test
    void aPayloadThatIsTooLargeIsRefused() {
        SdkBytes large = json("\"" + "x".repeat(6 << 20) + "\"");
        assertThatExceptionOfType(RequestTooLargeException.class)
                .isThrownBy(() -> lambda.invoke(r -> r.functionName("function").payload(large)))
                .withMessageStartingWith("Request must be smaller than 6291456 bytes for the InvokeFunction operation");
        SdkBytes largeToWaitFor = json("\"" + "x".repeat(1 << 20) + "\"");
        assertThatExceptionOfType(RequestTooLargeException.class)
                .isThrownBy(() -> lambda.invoke(r -> r.functionName("function")
                        .invocationType(InvocationType.EVENT)
                        .payload(largeToWaitFor)))
                .withMessageStartingWith("Request must be smaller than 1048576 bytes for the InvokeFunction operation");
        assertThat(invocations).isEmpty();
    }

    @Test
    void aClientContextThatIsNoneIsRefused() throws Exception {
        HttpResponse<String> response = post("{}", "X-Amz-Client-Context", "e30=e30=");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("X-Amzn-ErrorType")).contains("InvalidRequestContentException");
        assertThat(response.body())
                .startsWith(
                        "{\"Type\":\"User\",\"message\":\"Client context must be a valid Base64-encoded JSON object");
    }

    @Test
    void anUnknownInvocationTypeIsRefused() throws Exception {
        HttpResponse<String> response = post("{}", "X-Amz-Invocation-Type", "Later");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"Type\":\"User\",\"message\":\"The invocation type 'Later' is none of RequestResponse,"
                        + " Event, DryRun.\"}");
    }

    @Test
    void aFunctionThatCannotBeStartedIsTheServicesFault() throws Exception {
        HttpResponse<String> response = post("\"break\"");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("X-Amzn-ErrorType")).contains("ServiceException");
        assertThat(response.body()).isEqualTo("{\"Type\":\"User\",\"message\":\"No process can be started\"}");
    }

    @Test
    void aFunctionThatCannotBeStartedForAnEventIsToldSinceNobodyWaits() throws Exception {
        HttpResponse<String> response = post("\"break\"", "X-Amz-Invocation-Type", "Event");
        assertThat(response.statusCode()).isEqualTo(202);
        String id = invocations.take().requestId();
        assertThat(failures.take()).isEqualTo("RequestId: " + id + " Error: No process can be started");
    }

    @Test
    void otherPathsAreNotServed() throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + api.port() + "/2015-03-31/functions");
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body())
                .isEqualTo("{\"Type\":\"User\",\"message\":\"Only POST /2015-03-31/functions/NAME/invocations is served"
                        + " here.\"}");
    }

    @Test
    void aPortThatIsTakenIsTold() {
        assertThatExceptionOfType(BindException.class)
                .isThrownBy(() -> InvokeApi.start(api.port(), Duration.ofSeconds(3), this::answer, failures::add));
    }

    private HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/2015-03-31/functions/function/invocations"))
                .POST(BodyPublishers.ofString(body));
        List<String> words = List.of(headers);
        for (int i = 0; i < words.size(); i += 2) {
            request.header(words.get(i), words.get(i + 1));
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static SdkBytes json(String text) {
        return SdkBytes.fromUtf8String(text);
    }
}
