package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.UnusableCredentialsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.services.sts.model.StsException;

/** Every source of credentials, with the SDK's own providers. */
class CredentialChainTest extends EcrTest {

    private static final String KEYS =
            "\"AccessKeyId\":\"" + FakeEcr.ACCESS_KEY + "\",\"SecretAccessKey\":\"" + FakeEcr.SECRET_KEY
                    + "\",\"%s\":\"" + FakeEcr.SESSION_TOKEN + "\",\"Expiration\":\"2099-01-01T00:00:00Z\"";

    private static final String ROLE_OF_BASE = "[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/x\n"
            + "source_profile = base\nregion = eu-central-1\n[profile base]\n";

    private static final String DENIED_TO_DEV = "the AWS profile 'dev' gave no AWS credentials: AccessDenied: "
            + FakeSts.DENIED + "; correct what it says, or remove it";

    @Test
    @SuppressWarnings("deprecation")
    void asksTheSdksProvidersInTheSdksOrder() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> DefaultCredentialsProvider.create().resolveCredentials())
                .satisfies(e -> {
                    String chain = e.getMessage().replaceAll("(?s).*credentialsProviders=\\[(.*?)]\\).*", "$1");
                    List<String> names = Pattern.compile("(\\w+)\\([^)]*\\)")
                            .matcher(chain)
                            .results()
                            .map(match -> match.group(1))
                            .toList();
                    assertThat(CredentialChain.providers().stream().map(Class::getSimpleName))
                            .containsExactlyElementsOf(names);
                });
    }

    @Test
    void takesSystemProperties() throws Exception {
        properties.keys();

        assertThat(find(fake.host())).contains(token(1));
    }

    @Test
    void takesAWebIdentityThroughTheProxy() throws Exception {
        webIdentity(FakeEcr.WEB_IDENTITY_TOKEN);

        assertThat(find(fake.host())).contains(token(1));
        assertThat(fake.proxy().hosts())
                .containsExactly("sts.eu-central-1.amazonaws.com", "api.ecr.eu-central-1.amazonaws.com");
    }

    @Test
    void endsTheBuildForAProxyWhosePasswordCannotBeRead() throws Exception {
        webIdentity(FakeEcr.WEB_IDENTITY_TOKEN);
        UserFailure unreadable = new UserFailure(Problem.of("It cannot be decrypted.", "Encrypt it again."));
        HttpSettings settings = fake.settings().withProxies(fake.proxy().selector(), uri -> {
            throw unreadable;
        });

        assertThatThrownBy(() -> find(fake.host(), settings)).isSameAs(unreadable);
    }

    @Test
    void givesTheSdkItsHttpServiceInThePluginToo() {
        assertThat(ServiceLoader.load(SdkHttpService.class)).hasAtLeastOneElementOfType(AwsHttpService.class);
    }

    private void webIdentity(String token) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), token);
        properties
                .set("aws.webIdentityTokenFile", file.toString())
                .set("aws.roleArn", "arn:aws:iam::123456789012:role/ci")
                .set("aws.region", "eu-central-1");
    }

    @Test
    void takesAProfile() throws Exception {
        properties
                .config("[profile dev]\naws_access_key_id = " + FakeEcr.ACCESS_KEY + "\naws_secret_access_key = "
                        + FakeEcr.SECRET_KEY + "\naws_session_token = " + FakeEcr.SESSION_TOKEN + "\n")
                .set("aws.profile", "dev");

        assertThat(find(fake.host())).contains(token(1));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void takesACredentialProcess() throws Exception {
        Path answer = Files.writeString(
                directory.resolve("answer"), "{\"Version\":1," + KEYS.formatted("SessionToken") + "}");
        properties.config("[default]\ncredential_process = cat " + answer + "\n");

        assertThat(find(fake.host())).contains(token(1));
    }

    @Test
    void takesAContainersCredentials() throws Exception {
        HttpServer server = server();
        server.createContext("/keys", e -> reply(e, "{" + KEYS.formatted("Token") + "}"));
        try {
            properties.set(
                    "aws.containerCredentialsFullUri",
                    "http://localhost:" + server.getAddress().getPort() + "/keys");

            assertThat(find(fake.host())).contains(token(1));
        } finally {
            server.stop(0);
        }
    }

    /** The SDK asks again when a second has passed without an answer, and a few times only. */
    @Test
    void tellsWhichSourceIsWaitedFor() throws Exception {
        String container = "the container";
        CountDownLatch told = new CountDownLatch(2);
        List<String> lines = new CopyOnWriteArrayList<>();
        AwsListener listener = new AwsListener() {
            @Override
            public void waiting(String service, String reason, Duration delay) {
                lines.add("waiting");
            }

            @Override
            public void looking(String source, Duration since) {
                lines.add(source + " " + since.toMillis());
                if (source.equals(container)) {
                    told.countDown();
                }
            }
        };
        HttpServer server = server();
        server.createContext("/at-once", e -> reply(e, "{" + KEYS.formatted("Token") + "}"));
        server.createContext("/late", e -> {
            try {
                told.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException stopped) {
                throw new IOException(stopped);
            }
            reply(e, "{" + KEYS.formatted("Token") + "}");
        });
        try {
            String address = "http://localhost:" + server.getAddress().getPort();
            // Loads the SDK, which takes longer than asking it.
            properties.set("aws.containerCredentialsFullUri", address + "/at-once");
            assertThat(find(fake.host())).contains(token(1));
            properties.set("aws.containerCredentialsFullUri", address + "/late?id=" + FakeEcr.SECRET_KEY);

            assertThat(new Ecr(fake.settings(), listener, Duration.ofMillis(100), List.of())
                            .credentials()
                            .find(fake.host()))
                    .contains(token(2));
            assertThat(lines).first().asString().endsWith(" 100");
            List<Integer> waited = lines.stream()
                    .filter(line -> line.startsWith(container + " "))
                    .map(line -> Integer.valueOf(line.substring(container.length() + 1)))
                    .toList();
            assertThat(waited).hasSizeGreaterThanOrEqualTo(2);
            assertThat(waited.get(1)).isEqualTo(2 * waited.get(0));
        } finally {
            server.stop(0);
        }
    }

    @Test
    void tellsNothingOfWhatIsFoundAtOnce() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        CredentialWatch watch = new CredentialWatch(
                new AwsListener() {
                    @Override
                    public void waiting(String service, String reason, Duration delay) {}

                    @Override
                    public void looking(String source, Duration since) {
                        lines.add(source);
                    }
                },
                CredentialWatch.PATIENCE);
        watch.asking("the test");
        watch.close();

        assertThat(CredentialWatch.PATIENCE).isEqualTo(Duration.ofSeconds(5));
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("lambda-container-aws-credentials"))
                        .filter(CredentialChainTest::staysAlive))
                .isEmpty();
        assertThat(lines).isEmpty();
    }

    private static boolean staysAlive(Thread thread) {
        try {
            thread.join(10_000);
            return thread.isAlive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void takesTheRoleOfAnInstance() throws Exception {
        HttpServer server = server();
        server.createContext("/latest/api/token", e -> reply(e, "token"));
        server.createContext(
                "/latest/meta-data/iam/",
                e -> reply(
                        e,
                        e.getRequestURI().getPath().endsWith("/ci")
                                ? "{\"Code\":\"Success\"," + KEYS.formatted("Token") + "}"
                                : "ci"));
        try {
            properties.remove("aws.disableEc2Metadata");
            properties.set(
                    "aws.ec2MetadataServiceEndpoint",
                    "http://localhost:" + server.getAddress().getPort());

            assertThat(find(fake.host())).contains(token(1));
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        return server;
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(200, text.length());
            exchange.getResponseBody().write(text.getBytes());
        }
    }

    /** Each question takes a second where nobody answers. */
    @ParameterizedTest
    @CsvSource({"true, '', PUT", "false, '', PUT GET", "true, ec2_metadata_v1_disabled = false, PUT GET"})
    void asksForTheRoleOfAnInstanceInOneWayWhereThereIsNone(boolean once, String setting, String asked)
            throws Exception {
        List<String> methods = new CopyOnWriteArrayList<>();
        HttpServer metadata = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        metadata.createContext("/", exchange -> {
            methods.add(exchange.getRequestMethod());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        metadata.start();
        try {
            properties.remove("aws.disableEc2Metadata");
            properties.set(
                    "aws.ec2MetadataServiceEndpoint",
                    "http://localhost:" + metadata.getAddress().getPort());
            properties.config("[default]\n" + setting + "\n");

            assertThatExceptionOfType(SdkClientException.class)
                    .isThrownBy(() -> CredentialChain.instance(once).resolveCredentials());
        } finally {
            metadata.stop(0);
        }

        assertThat(String.join(" ", methods)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "Amazon EC2, '', true",
        "Xen, ec2e1916-9099-7caf-fd21-012345abcdef, true",
        "Xen, 0b2e1916-9099-7caf-fd21-012345abcdef, false",
        "LENOVO, '', false",
        "'', '', false"
    })
    void theFirmwareSaysWhetherThisIsAnInstance(String vendor, String hypervisor, boolean instance) {
        assertThat(AwsSettings.isEc2Instance(vendor, hypervisor)).isEqualTo(instance);
    }

    /** A laptop's network swallows what is sent there, and the build would wait for nothing. */
    @Test
    @DisabledIf("io.github.lambdacontainer.ecr.AwsSettings#isEc2Instance")
    void asksNoInstanceForTheGallery() throws Exception {
        try (ServerSocket metadata = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            properties.remove("aws.disableEc2Metadata");
            properties.set("aws.ec2MetadataServiceEndpoint", "http://localhost:" + metadata.getLocalPort());

            assertThat(find("public.ecr.aws")).isEmpty();
            properties.config("[default]\nregion = eu-central-1\n");
            assertThat(find("public.ecr.aws")).isEmpty();

            metadata.setSoTimeout(1);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(metadata::accept);
        }
    }

    @Test
    void saysThatThereAreNone() {
        assertFails(
                "there are no AWS credentials: none in system properties, environment variables, a web identity token,"
                        + " the AWS profile 'default', a container or the role of an EC2 instance; set AWS_PROFILE, or"
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }

    @Test
    void saysThatThereIsNoSuchProfile() {
        properties.set("aws.profile", "dev");

        assertFails("there is no AWS profile 'dev'; correct AWS_PROFILE, or add the profile with"
                + " 'aws configure --profile dev'");
    }

    @Test
    void saysWhichFileIsMalformed() throws Exception {
        properties.config("[default]\naws_secret_access_key canary\n");

        String message = "the AWS configuration cannot be read: " + directory.resolve("config")
                + " is malformed in line 2; correct the file";
        assertFails(message);
        assertThat(find("public.ecr.aws")).isEmpty();

        properties.keys();
        assertFails(message);
        assertThat(find("public.ecr.aws")).isEmpty();
    }

    @Test
    void saysThatTheFileOfCredentialsIsMalformed() throws Exception {
        Path file = Files.writeString(directory.resolve("credentials"), "aws_secret_access_key = canary\n");

        assertFails("the AWS configuration cannot be read: " + file + " is malformed in line 1; correct the file");
        assertThat(find("public.ecr.aws")).isEmpty();
    }

    @Test
    void saysWhichFileIsNone() throws Exception {
        Path file = Files.createDirectory(directory.resolve("config"));

        assertFails("the AWS configuration cannot be read: " + file
                + " is no file that this user may read; correct its permissions, or name another file");
        assertThat(find("public.ecr.aws")).isEmpty();
    }

    @Test
    void takesAnEmptyNameForNoFile() {
        properties.set("aws.configFile", "");

        assertFails(CredentialChain.none().text());
    }

    @Test
    void saysWhatElseStopsTheSdk() throws Exception {
        properties.set("aws.configFile", "a\0b");

        assertFails("the AWS SDK gave no AWS credentials: Nul character not allowed: a b; correct what it says, or"
                + " remove it");
        assertThat(find("public.ecr.aws")).isEmpty();
    }

    @Test
    void saysHowToLogInToSso() {
        properties
                .config("[profile dev]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = ci\n"
                        + "[sso-session corp]\nsso_region = eu-central-1\n"
                        + "sso_start_url = https://lambda-container.awsapps.example/start\n")
                .set("aws.profile", "dev");

        assertFails("the SSO session of the AWS profile 'dev' has expired, or there is none; run"
                + " 'aws sso login --profile dev'");
    }

    /** A profile with a role that another one assumes, which is logged in through SSO. */
    private void roleBehindSso() {
        properties
                .config(ROLE_OF_BASE + "sso_start_url = https://x.awsapps.example/start\n"
                        + "sso_region = eu-central-1\nsso_account_id = 123456789012\nsso_role_name = ci\n")
                .set("aws.profile", "dev");
    }

    @Test
    void saysHowToLogInToTheSourceOfARole() {
        roleBehindSso();

        assertFails("the SSO session of the AWS profile 'dev' has expired, or there is none; run"
                + " 'aws sso login --profile base'");
    }

    /** AWS answers so where the session was ended elsewhere. */
    @ParameterizedTest
    @ValueSource(strings = {"UnauthorizedException", "ExpiredToken", "ExpiredTokenException"})
    void saysHowToLogInAgain(String code) {
        roleBehindSso();

        assertThat(ProfileReasons.of(refusal(code, "Session token not found or invalid"))
                        .text())
                .isEqualTo("the SSO session of the AWS profile 'dev' has expired, or there is none; run"
                        + " 'aws sso login --profile base'");
    }

    @Test
    void saysWhatStsSaysOfARoleBehindSso() {
        roleBehindSso();

        assertThat(ProfileReasons.of(refusal("AccessDenied", FakeSts.DENIED)).text())
                .isEqualTo(DENIED_TO_DEV);
    }

    private static StsException refusal(String code, String words) {
        return (StsException) StsException.builder()
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(words)
                        .build())
                .build();
    }

    @Test
    void saysHowToLogInToAws() {
        properties.config("[default]\nregion = eu-central-1\nlogin_session = arn:aws:iam::123456789012:user/nobody\n");

        assertFails("the session of the AWS profile 'default' has expired, or there is none; run"
                + " 'aws login --profile default'");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void quotesNothingOfACredentialProcess() {
        properties.config("[default]\ncredential_process = sh -c \"echo canary >&2; exit 1\"\n");

        assertFails(
                "the credential_process of the AWS profile 'default' gave no credentials; run the command by hand to"
                        + " see what is wrong");
    }

    /** The process has given the credentials that may not assume the role. */
    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void saysWhatStsSaysOfARoleBehindACredentialProcess() throws Exception {
        Path answer = Files.writeString(
                directory.resolve("answer"), "{\"Version\":1," + KEYS.formatted("SessionToken") + "}");
        properties
                .config(ROLE_OF_BASE + "credential_process = cat " + answer + "\n")
                .set("aws.profile", "dev");

        assertFails(DENIED_TO_DEV);
    }

    @Test
    void saysWhatStsSays() throws Exception {
        webIdentity("nonsense");

        assertFails(
                "the web identity token in AWS_WEB_IDENTITY_TOKEN_FILE gave no AWS credentials: InvalidIdentityToken:"
                        + " The ID Token provided is not a valid JWT; correct what it says, or remove it");
    }

    @Test
    void saysThatStsCannotBeReached() throws Exception {
        webIdentity(FakeEcr.WEB_IDENTITY_TOKEN);
        properties.set("aws.endpointUrlSts", "http://localhost:1").set("aws.maxAttempts", "1");

        assertFails(
                "the web identity token in AWS_WEB_IDENTITY_TOKEN_FILE gave no AWS credentials: localhost could not be"
                        + " reached: the connection was refused; check the network and the proxy");
    }

    @Test
    void saysThatTheSecretIsMissing() {
        properties.set("aws.accessKeyId", FakeEcr.ACCESS_KEY).remove("aws.secretAccessKey");

        assertFails(
                "the system properties aws.accessKeyId and aws.secretAccessKey gave no AWS credentials: Unable to load"
                        + " credentials from system settings. Secret key must be specified either via environment variable"
                        + " (AWS_SECRET_ACCESS_KEY) or system property (aws.secretAccessKey); correct what it says, or"
                        + " remove it");
    }

    private void assertFails(String message) {
        assertThatExceptionOfType(UnusableCredentialsException.class)
                .isThrownBy(() -> find(fake.host()))
                .withMessage(message)
                .withNoCause();
        assertThat(Arrays.asList(message.split(" "))).noneMatch(word -> word.contains("canary"));
        assertThat(fake.calls()).isEmpty();
    }
}
