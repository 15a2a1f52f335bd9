package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.UnusableCredentialsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said when a token is refused. */
class EcrFailureTest extends EcrTest {

    private static final String SOURCE = "the system properties aws.accessKeyId and aws.secretAccessKey";
    private static final String CHECK =
            "; check the region 'eu-central-1' in the registry's name, the network and the proxy";

    @BeforeEach
    void keys() {
        properties.keys();
    }

    @Test
    void namesTheActionThatIsMissing() {
        fake.deny("ecr:GetAuthorizationToken");

        assertFails("AWS denied ecr:GetAuthorizationToken to the credentials from " + SOURCE
                + ": AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/ci/build is not authorized to"
                + " perform: ecr:GetAuthorizationToken on resource: arn:aws:ecr:eu-central-1:123456789012:repository/*"
                + " because no identity-based policy allows the ecr:GetAuthorizationToken action;"
                + " allow them the action ecr:GetAuthorizationToken in IAM");
    }

    @Test
    void saysThatTheCredentialsHaveExpired() {
        fake.fail("GetAuthorizationToken", ApiFault.expired());

        assertFails("the AWS credentials from " + SOURCE + " have expired: ExpiredTokenException: The security token"
                + " included in the request is expired; sign in again, or set new ones");
    }

    @Test
    void saysThatTheKeyIsNotKnown() {
        properties.set("aws.accessKeyId", "AKIASOMEBODYELSE");

        assertFails("AWS does not know the credentials from " + SOURCE
                + ": UnrecognizedClientException: The security token included in the request is invalid; check that"
                + " they are active, and that their account has the region 'eu-central-1' enabled");
    }

    @Test
    void quotesNoSignedRequest() {
        properties.set("aws.secretAccessKey", "another");

        assertFails("AWS did not accept the signature made with the credentials from " + SOURCE
                + ": InvalidSignatureException: The request signature we calculated does not match the signature you"
                + " provided. Check your AWS Secret Access Key and signing method; set the clock of this machine"
                + " right, or correct the secret access key");
    }

    @Test
    void saysThatTheClockIsWrong() {
        fake.fail(
                "GetAuthorizationToken",
                ApiFault.clock(),
                ApiFault.clock(),
                ApiFault.clock(),
                ApiFault.clock(),
                ApiFault.clock());

        assertFails("AWS did not accept the signature made with the credentials from " + SOURCE
                + ": InvalidSignatureException: Signature expired: 20200101T000000Z is now earlier than"
                + " 20261123T075500Z (20261123T080000Z - 5 min.); set the clock of this machine right, or"
                + " correct the secret access key");
    }

    @ParameterizedTest
    @CsvSource({"125, 2 h 5 min behind", "-7, 7 min ahead of", "-57600, 40 days ahead of"})
    void saysHowWrongTheClockIsThatCannotBeAllowedFor(long minutesAhead, String difference) {
        fake.clockAhead(Duration.ofMinutes(minutesAhead));
        fake.fail(
                "GetAuthorizationToken",
                Collections.nCopies(9, ApiFault.clock()).toArray(ApiFault[]::new));

        assertFails("AWS did not accept the signature made with the credentials from " + SOURCE
                + ", as the clock of this machine is " + difference + " that of AWS: InvalidSignatureException:"
                + " Signature expired: 20200101T000000Z is now earlier than 20261123T075500Z (20261123T080000Z - 5"
                + " min.); set the clock of this machine right");
    }

    /** The secret is wrong, too, which shows once the time is right. */
    @Test
    void blamesTheClockForNoSecret() {
        fake.clockAhead(Duration.ofHours(2));
        properties.set("aws.secretAccessKey", "another");

        assertFails("AWS did not accept the signature made with the credentials from " + SOURCE
                + ", and the clock of this machine is 2 h 0 min behind that of AWS: InvalidSignatureException:"
                + " The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method; set the clock of this machine right, or correct the secret"
                + " access key");
    }

    @Test
    void givesUpWhatStaysThrottled() {
        properties.set("aws.maxAttempts", "2");
        fake.fail("GetAuthorizationToken", ApiFault.throttled(), ApiFault.throttled());

        assertFails("AWS throttled the requests of this build: ThrottlingException: Rate exceeded; try again later");
    }

    @Test
    void quotesAnyOtherRefusal() {
        fake.fail("GetAuthorizationToken", new ApiFault(400, "InvalidParameterException", "Something is not right."));

        assertFails("AWS refused ecr:GetAuthorizationToken: InvalidParameterException: Something is not right; correct"
                + " what it says, or try again later");
    }

    @Test
    void takesSecretsOutOfWhatAwsSays() {
        fake.fail(
                "GetAuthorizationToken",
                new ApiFault(400, "InvalidParameterException", "What is " + FakeEcr.SESSION_TOKEN + "?"));

        assertFails("AWS refused ecr:GetAuthorizationToken: InvalidParameterException: What is ***?; correct what it"
                + " says, or try again later");
    }

    @Test
    void takesSecretsOutBeforeItShortens() {
        String long268 = "x".repeat(268);
        fake.fail(
                "GetAuthorizationToken",
                new ApiFault(
                        400, "InvalidParameterException", long268 + FakeEcr.SESSION_TOKEN + " and " + "y".repeat(100)));

        assertFails("AWS refused ecr:GetAuthorizationToken: InvalidParameterException: " + long268
                + "*** a…; correct what it says, or try again later");
    }

    @Test
    void takesNothingThatIsNoToken() {
        properties.set("aws.endpointUrlEcr", "http://localhost:" + replying("{\"authorizationData\":[]}"));

        assertFails("the answer to GetAuthorizationToken holds no token; check the endpoint that the AWS SDK asks");
    }

    @Test
    void saysThatTheEndpointRefusesConnections() {
        properties.set("aws.endpointUrlEcr", "http://localhost:1").set("aws.maxAttempts", "1");

        assertFails("localhost could not be reached: the connection was refused" + CHECK);
    }

    /** The kernel has no route for TCP to a multicast address, whatever the network, and sends nothing. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void saysThatThereIsNoRoute() {
        properties.set("aws.endpointUrlEcr", "https://224.0.0.1").set("aws.maxAttempts", "1");

        assertFails("224.0.0.1 could not be reached: there is no route to it" + CHECK, HttpSettings.DEFAULT);
    }

    @Test
    void saysThatTheProxyLeadsNowhere() {
        properties.set("aws.endpointUrlEcr", "https://nowhere.example").set("aws.maxAttempts", "1");

        assertFails("nowhere.example could not be reached: the proxy opened no tunnel to it (502)" + CHECK);
    }

    @Test
    void saysThatTheProxyWantsAPassword() {
        properties.set("aws.maxAttempts", "1");
        fake.proxy().wantPassword("user", "pass");

        assertFails(
                "api.ecr.eu-central-1.amazonaws.com could not be reached: the proxy wants a user and a password (407),"
                        + " and settings.xml has none for it" + CHECK);
    }

    @Test
    void waitsForNoAnswerForLong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            properties
                    .set("aws.endpointUrlEcr", "http://localhost:" + silent.getLocalPort())
                    .set("aws.maxAttempts", "1");
            Duration second = Duration.ofSeconds(1);

            assertFails(
                    "localhost could not be reached: there was no answer within 1 s" + CHECK,
                    fake.settings().withTimeouts(second, second, second, second));
        }
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        properties
                .set("aws.endpointUrlEcr", "http://localhost:" + replying(" ".repeat(2 << 20)))
                .set("aws.maxAttempts", "1");

        assertFails("localhost could not be reached: its answer is larger than 1 MiB" + CHECK);
    }

    @Test
    void trustsWhatTheProcessTrusts() throws Exception {
        SSLContext nobody = SSLContext.getInstance("TLS");
        nobody.init(null, new TrustManager[0], null);
        SSLContext.setDefault(nobody);
        properties.set("aws.maxAttempts", "1");

        assertFails("api.ecr.eu-central-1.amazonaws.com could not be reached: its certificate is not trusted" + CHECK);
    }

    @Test
    void blamesTheCertificateForNothingElse() throws Exception {
        byte[] handshakeFailure = {0x15, 3, 3, 0, 2, 2, 40};
        try (ServerSocket picky = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket client = picky.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream().write(handshakeFailure);
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client has hung up.
                }
            });
            server.start();
            properties
                    .set("aws.endpointUrlEcr", "https://localhost:" + picky.getLocalPort())
                    .set("aws.maxAttempts", "1");

            assertFails("localhost could not be reached: the TLS handshake failed" + CHECK);
            server.join(10_000);
        }
    }

    private static int replying(String text) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, text.length());
                    exchange.getResponseBody().write(text.getBytes());
                }
                server.stop(0);
            });
            server.start();
            return server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void assertFails(String message) {
        assertFails(message, fake.settings());
    }

    private void assertFails(String message, HttpSettings settings) {
        assertThatExceptionOfType(UnusableCredentialsException.class)
                .isThrownBy(() -> find(fake.host(), settings))
                .withMessage(message)
                .withNoCause();
        assertThat(message).doesNotContain("canary");
    }
}
