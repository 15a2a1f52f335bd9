package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.Architecture.X86_64;
import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.ScriptedRegistry.Received;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who pushes, and what is said if that is not enough. */
class PushAuthorizationTest extends PushScene {

    private static final String CANARY = "canary-7f3a";
    private static final Credentials AWS = new Credentials("AWS", CANARY);
    private static final CredentialSource SOURCE = CredentialSource.explicit("<to><auth>", AWS);

    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();

    private static Fault challenge(String challenge) {
        return Fault.error(401, "UNAUTHORIZED", "authentication required", "WWW-Authenticate", challenge);
    }

    private void require(String authorization, String challenge) {
        registry.guard(request -> request.path().startsWith("/v2/")
                        && !request.header("Authorization")
                                .filter(authorization::equals)
                                .isPresent()
                ? Optional.of(challenge(challenge))
                : Optional.empty());
    }

    private String bearer() {
        return "Bearer realm=\"http://" + registry.host() + "/token\",service=\"s\"";
    }

    private Pusher pusher(RefusalAdvice advice, CredentialSource... sources) {
        Connections connections =
                new Connections(HttpSettings.DEFAULT, client, registry -> false, client.facts(), client);
        return new Pusher(connections, client.registries(connections), List.of(sources), advice);
    }

    /** A build with the base and the target on one registry. */
    private PushedImage build(CredentialSource from, CredentialSource to) throws MissingRepositoryException {
        Connections connections =
                new Connections(HttpSettings.DEFAULT, client, registry -> false, client.facts(), client);
        Registries registries = client.registries(connections, from);
        registries.resolve(registry.reference("base:1"), X86_64);
        return new Pusher(connections, registries, List.of(to), RefusalAdvice.NONE).push(push);
    }

    @Test
    void asksAtMostThreeTimesWhenNothingChangedOnOneRegistry() throws Exception {
        registry.image("base", OCI, X86_64, List.of(), "1");
        client.anonymous().resolve(registry.reference("base:1"), X86_64);
        client.pusher().push(push);
        registry.forget();
        require(AWS.basic(), "Basic realm=\"ecr\"");

        assertThat(build(SOURCE, SOURCE).unchanged()).isTrue();

        assertThat(registry.requests())
                .containsExactly("GET /v2/base/manifests/1", "GET /v2/base/manifests/1", "HEAD /v2/app/manifests/1");
    }

    @Test
    void neverPushesWithTheCredentialsOfTheBase() throws Exception {
        registry.image("base", OCI, X86_64, List.of(), "1");
        Credentials reader = new Credentials("reader", "r-secret");
        registry.guard(request -> request.header("Authorization")
                        .filter((request.path().contains("/base/") ? reader : AWS).basic()::equals)
                        .isPresent()
                ? Optional.empty()
                : Optional.of(challenge("Basic realm=\"ecr\"")));

        build(CredentialSource.explicit("<from><auth>", reader), SOURCE);

        assertPushed();
        assertThat(registry.received())
                .filteredOn(request -> request.path().contains("/app/"))
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).contains(AWS.basic()));
    }

    @Test
    void asksForATokenThatMayPush() throws Exception {
        registry.page("/token", "{\"token\":\"t1\"}");
        require("Bearer t1", bearer() + ",scope=\"repository:app:pull\"");

        client.pusher(SOURCE).push(push);

        assertPushed();
        assertThat(tokens()).containsExactly("service=s&scope=repository%3Aapp%3Apull%2Cpush");
        assertThat(registry.received().get(1).header("Authorization")).contains(AWS.basic());
    }

    private List<String> tokens() {
        return registry.received().stream()
                .filter(request -> request.path().equals("/token"))
                .map(Received::query)
                .toList();
    }

    @Test
    void asksForATokenThatMayReadWhatIsMounted() throws Exception {
        registry.page("/token", "{\"token\":\"t1\"}");
        require("Bearer t1", bearer());
        registry.blob("sibling", OCI.layerType(), BASE_LAYER);
        registry.blob("sibling", OCI.layerType(), LAYER);
        push = app().push(registry.reference("app:1"), List.of("1"), List.of("sibling"));

        assertThat(client.pusher(SOURCE).push(push).mounted()).isEqualTo(2);

        assertThat(tokens())
                .containsExactly(
                        "service=s&scope=repository%3Aapp%3Apull%2Cpush",
                        "service=s&scope=repository%3Aapp%3Apull%2Cpush&scope=repository%3Asibling%3Apull");
    }

    @Test
    void uploadsWhereTheTokenServerRefusesWhatIsMounted() throws Exception {
        registry.page("/token", "{\"token\":\"t1\"}");
        registry.guard(request -> {
            if (request.path().equals("/token") && request.query().contains("sibling")) {
                return Optional.of(Fault.error(403, "DENIED", "not yours"));
            }
            boolean knows =
                    request.header("Authorization").filter("Bearer t1"::equals).isPresent();
            return knows || request.path().equals("/token") ? Optional.empty() : Optional.of(challenge(bearer()));
        });
        push = app().push(registry.reference("app:1"), List.of("1"), List.of("sibling"));

        assertThat(client.pusher(SOURCE).push(push).uploaded()).isEqualTo(3);

        assertPushed();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"HEAD /blobs/", "POST /uploads/", "PUT /uploads/", "PUT /manifests/sha256:", "PUT /manifests/1"})
    void takesFreshCredentialsOnceWhenTheyExpire(String expiring) throws Exception {
        String[] parts = expiring.split(" ");
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger valid = new AtomicInteger(1);
        registry.guard(request -> {
            if (request.method().equals(parts[0]) && request.path().contains(parts[1])) {
                valid.set(2);
            }
            String right = new Credentials("AWS", "token" + valid.get()).basic();
            return request.header("Authorization").filter(right::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of(challenge("Basic realm=\"ecr\""));
        });
        CredentialSource source = CredentialSource.of(
                "aws", host -> Optional.of(new Credentials("AWS", "token" + asked.incrementAndGet())));

        client.pusher(source).push(push);

        assertPushed();
        assertThat(asked).hasValue(2);
        assertThat(client.slept).isEmpty();
    }

    /** Amazon ECR answers so, and a HEAD without any words. */
    @ParameterizedTest
    @ValueSource(strings = {"HEAD /manifests/1", "HEAD /blobs/", "POST /uploads/", "PUT /uploads/", "PUT /manifests/1"})
    void takesFreshCredentialsOnceWhenTheyHaveExpiredWithoutAChallenge(String expiring) throws Exception {
        String[] parts = expiring.split(" ");
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger valid = new AtomicInteger(1);
        registry.guard(request -> {
            if (request.method().equals(parts[0]) && request.path().contains(parts[1])) {
                valid.set(2);
            }
            String right = new Credentials("AWS", "token" + valid.get()).basic();
            Optional<String> given = request.header("Authorization");
            return given.filter(right::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            given.isEmpty()
                                    ? challenge("Basic realm=\"ecr\"")
                                    : Fault.error(403, "DENIED", "Your authorization token has expired."));
        });
        CredentialSource source = CredentialSource.of(
                "aws", host -> Optional.of(new Credentials("AWS", "token" + asked.incrementAndGet())));

        client.pusher(source).push(push);

        assertPushed();
        assertThat(asked).hasValue(2);
        assertThat(client.slept).isEmpty();
    }

    @Test
    void neverAsksForTheBytesOfALayerThatIsLookedFor() {
        registry.guard(request -> Optional.of(Fault.error(403, "DENIED", "no"))
                .filter(fault -> request.path().contains("/blobs/")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessageContaining(" answered 403, ");
        assertThat(registry.requests()).noneMatch(request -> request.startsWith("GET "));
    }

    @Test
    void tellsTheWordsOfARegistryThatWritesNoJson() {
        registry.guard(request -> Optional.of(Fault.status(
                401, "Not Authorized\n", "WWW-Authenticate", "Basic", "Content-Type", "text/plain; charset=utf-8")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(SOURCE).push(push))
                .withMessageStartingWith("The image '" + registry.host() + "/app:1' may not be pushed: "
                        + registry.host() + " answered 401 (Not Authorized), with the credentials from <to><auth>.");
    }

    @Test
    void saysWhichCredentialsMayNotPush() {
        registry.guard(request -> request.header("Authorization").isEmpty()
                ? Optional.of(challenge("Basic realm=\"ecr\""))
                : Optional.of(Fault.error(403, "DENIED", "not for AWS"))
                        .filter(fault -> request.method().equals("POST")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(SOURCE).push(push))
                .withMessage("The image '" + registry.host() + "/app:1' may not be pushed: " + registry.host()
                        + " answered 403 (DENIED: not for AWS), with the credentials from <to><auth>." + TO_AUTH
                        + "Log in with 'docker login " + registry.host()
                        + "', or give credentials that may push it.");
    }

    /** Some registries let everybody read, and refuse to be written to without asking who it is. */
    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void givesThePasswordOnceToARegistryThatDeniesAndDoesNotAsk(int status) throws Exception {
        registry.guard(request -> Optional.of(Fault.error(status, "DENIED", "nobody may write"))
                .filter(fault -> !List.of("GET", "HEAD").contains(request.method())
                        && !request.header("Authorization")
                                .filter(AWS.basic()::equals)
                                .isPresent()));
        Descriptor layer = source.blob("base", OCI.layerType(), BASE_LAYER);
        push = new PushedApp(OCI, directory.resolve("layers"))
                .base(source.reference("base:1"), layer)
                .push(registry.reference("app:1"), "1");

        client.pusher(SOURCE).push(push);

        assertPushed();
        assertThat(registry.received().get(0).header("Authorization")).isEmpty();
        assertThat(client.slept).isEmpty();
    }

    /** It lets everybody read, and says of what it wants for more only that it is not enough. */
    @Test
    void mountsWithThePasswordWhereOnlyAMountIsDeniedWithoutAChallenge() throws Exception {
        registry.guard(request -> {
            boolean denied = request.method().equals("POST")
                    && (request.header("Authorization").isEmpty()
                            || request.query().contains("from=closed"));
            return denied ? Optional.of(Fault.error(403, "DENIED", "not you")) : Optional.empty();
        });
        registry.blob("team/sibling", OCI.layerType(), LAYER);
        registry.blob("team/sibling", OCI.layerType(), BASE_LAYER);
        push = app().push(registry.reference("app:1"), List.of("1"), List.of("closed", "team/sibling"));

        assertThat(client.pusher(SOURCE).push(push).mounted()).isEqualTo(2);

        assertPushed();
        assertThat(registry.received().stream()
                        .filter(request -> request.query().contains("from=closed")))
                .hasSize(2);
    }

    @Test
    void saysThatThePasswordOfARegistryThatDoesNotAskIsWrong() {
        registry.guard(request -> Optional.of(Fault.error(403, "DENIED", "not you")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(SOURCE).push(push))
                .withMessageStartingWith("The image '" + registry.host() + "/app:1' may not be pushed: "
                        + registry.host()
                        + " answered 403 (DENIED: not you), with the credentials from <to><auth>.");
        assertThat(registry.received().stream()
                        .filter(request -> request.method().equals("HEAD"))
                        .map(request -> request.header("Authorization")))
                .containsExactly(Optional.empty(), Optional.of(AWS.basic()));
    }

    @Test
    void saysThatARegistryWhichAsksOtherwiseGotNoCredentials() {
        registry.guard(request -> Optional.of(challenge("Negotiate")));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(SOURCE).push(push))
                .withMessage("The image '" + registry.host() + "/app:1' may not be pushed: " + registry.host()
                        + " answered 401 (UNAUTHORIZED: authentication required), without the credentials from"
                        + " <to><auth>, which are not sent, as it asks neither for a password nor for a token."
                        + TO_AUTH + "Push the image to a registry that asks for either.");
        assertThat(registry.received())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void givesNoPasswordOverPlainHttpElsewhereToARegistryThatDoesNotAsk() {
        push = app().push(Reference.parse("registry.example.com/app:1", "to.image"), "1");
        registry.guard(request -> Optional.of(Fault.error(403, "DENIED", "not you")));
        HttpSettings proxied = ReadingClient.impatient()
                .withProxies(
                        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port())),
                        uri -> Optional.empty())
                .withAllowInsecureRegistries(true);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(proxied, SOURCE).push(push))
                .withMessageStartingWith("The image 'registry.example.com/app:1' may not be pushed:"
                        + " registry.example.com answered 403 (DENIED: not you), without the credentials from"
                        + " <to><auth>, which are not sent over plain HTTP.");
        assertThat(registry.received())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void saysWhichSourcesHadNoCredentials() {
        require("none", "Basic realm=\"ecr\"");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(
                                CredentialSource.of("settings.xml", host -> Optional.empty()),
                                CredentialSource.of("the AWS SDK", host -> Optional.empty()))
                        .push(push))
                .withMessageStartingWith("The image '" + registry.host() + "/app:1' may not be pushed: "
                        + registry.host()
                        + " answered 401 (UNAUTHORIZED: authentication required), without credentials, as there are"
                        + " none for it in settings.xml, the AWS SDK.");
    }

    @Test
    void saysThatACredentialHelperFailed() {
        require("none", "Basic realm=\"ecr\"");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(
                        () -> client.pusher(new CredentialHelper("not-there")).push(push))
                .withMessage("The credentials for " + registry.host()
                        + " could not be read from the credential helper 'not-there': it is not installed.\n"
                        + "  Setting: <to><credHelper> (-Dlambda-container.to.credHelper)\n"
                        + "  Next: Correct the setting, or remove it to have the other sources asked.");
    }

    @Test
    void pushesOverPlainHttpElsewhereOnlyIfAllowedAndSaysSo() throws Exception {
        push = app().push(Reference.parse("registry.example.com/app:1", "to.image"), "1");
        HttpSettings proxied = ReadingClient.impatient()
                .withProxies(
                        new LoopbackDirect(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port())),
                        uri -> Optional.empty());

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(proxied).push(push));
        assertThat(registry.requests()).doesNotContain("HEAD /v2/app/manifests/1");

        client.pusher(proxied.withAllowInsecureRegistries(true)).push(push);
        assertPushed();
        assertThat(client.told).contains("insecure registry.example.com");
    }

    @Test
    void sendsNoPasswordOverPlainHttpElsewhere() {
        push = app().push(Reference.parse("registry.example.com/app:1", "to.image"), "1");
        require("none", "Basic realm=\"ecr\"");
        HttpSettings proxied = ReadingClient.impatient()
                .withProxies(
                        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port())),
                        uri -> Optional.empty())
                .withAllowInsecureRegistries(true);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(proxied, SOURCE).push(push))
                .withMessage("registry.example.com asks for a password over plain HTTP, and none is sent that way."
                        + "\n  Setting: <allowInsecureRegistries> (-Dlambda-container.allowInsecureRegistries)"
                        + "\n  Next: Push the image over HTTPS, or to a repository that needs no password.");
        assertThat(registry.received())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {240, 260, 280, 285, 290, 295, 299, 300, 301})
    void quotesNoPartOfASecretThatIsToldLate(int position) {
        String secret = "S3cr3t-abcdefghijklmnopqrstuvwxyz-0123456789";
        registry.guard(request -> Optional.of(
                request.header("Authorization").isPresent()
                        ? Fault.error(403, "DENIED", "x".repeat(position) + secret)
                        : Fault.error(401, "UNAUTHORIZED", "who", "WWW-Authenticate", "Basic realm=\"x\"")));
        CredentialSource source = CredentialSource.explicit("<to><auth>", new Credentials("AWS", secret));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(source).push(push))
                .withMessageContaining("answered 403 (")
                .withMessageNotContaining("S3c");
    }

    @Test
    void quotesNothingThatIsCutWithinASecret() {
        String secret = "S3cr3t-abcdefghijklmnopqrstuvwxyz-0123456789";
        String text = " ".repeat((64 << 10) - 10) + secret;
        registry.guard(request -> Optional.of(
                request.header("Authorization").isPresent()
                        ? Fault.status(403, text, "Content-Type", "text/plain")
                        : Fault.error(401, "UNAUTHORIZED", "who", "WWW-Authenticate", "Basic realm=\"x\"")));
        CredentialSource source = CredentialSource.explicit("<to><auth>", new Credentials("AWS", secret));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(source).push(push))
                .withMessageContaining("answered 403, ");
    }

    @Test
    void refusesATokenServerOverPlainHttpElsewhere() {
        require("none", "Bearer realm=\"http://auth.example.com/token\"");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(SOURCE).push(push))
                .withMessage(
                        registry.host() + " names 'http://auth.example.com/token' as its token server, which is not"
                                + " an address over HTTPS." + TO_IMAGE
                                + "Push the image to a registry whose token server speaks HTTPS.");
    }

    @Test
    void staysWithPlainHttpWhenARegistryOnThisMachineRefusesTheFirstRequest() {
        registry.fail("HEAD /manifests/1", Fault.status(400, "", "Docker-Distribution-Api-Version", "registry/2.0"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher().push(push))
                .withMessageStartingWith(registry.host() + " answered 400 while reading the tag.");
        assertThat(registry.requests()).containsExactly("HEAD /v2/app/manifests/1", "GET /v2/app/manifests/1");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 409, 412, 429})
    void letsWhoKnowsTheRegistryExplainARefusal(int status) {
        registry.fail("POST /blobs/uploads/", times(15, Fault.error(status, "CODE", "its own words")));
        RefusalAdvice advice = refusal -> {
            refusals.add(refusal);
            return Optional.of(Problem.of("The advice: " + refusal.words(), "to.image", "Do that."));
        };
        require(AWS.basic(), "Basic realm=\"ecr\"");

        Throwable failure = catchThrowable(() -> pusher(advice, SOURCE).push(push));

        assertThat(failure).hasMessage("The advice: its own words" + TO_IMAGE + "Do that.");
        assertThat(refusals.get(0))
                .isEqualTo(new Refusal(
                        push.target(),
                        true,
                        Phase.UPLOAD_START,
                        status,
                        "CODE",
                        "its own words",
                        List.of("<to><auth>")));
    }

    @Test
    void letsWhoKnowsTheRegistryExplainAMissingRepository() {
        registry.store().onlyRepositories();
        RefusalAdvice advice = refusal -> Optional.of(Problem.of("Missing: " + refusal.code(), "Create it."));

        assertThatExceptionOfType(MissingRepositoryException.class)
                .isThrownBy(() -> pusher(advice).push(push))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(Problem.of("Missing: NAME_UNKNOWN", "Create it.")));
    }

    @Test
    void letsWhoKnowsTheRegistryExplainWhyABaseIsRefused() {
        RefusalAdvice advice = refusal -> {
            refusals.add(refusal);
            return Optional.of(Problem.of("The advice.", "from.image", "Do that."));
        };
        Registries registries = new Registries(
                new Connections(HttpSettings.DEFAULT, client, registry -> false, client.facts(), client),
                new io.github.lambdacontainer.cache.BlobCache(client.cache),
                new io.github.lambdacontainer.cache.FactCache(client.cache),
                List.of(),
                advice);

        assertThatExceptionOfType(UserFailure.class)
                .isThrownBy(() -> registries.resolve(registry.reference("missing:1"), X86_64))
                .withMessageStartingWith("The advice.");
        assertThat(refusals).hasSize(1);
        assertThat(refusals.get(0).push()).isFalse();
    }

    @Test
    void neverTellsASecretThatTheRegistryRepeats() {
        String basic = AWS.basic().substring(6);
        for (int status : List.of(400, 403, 404, 409, 429, 503)) {
            for (String request : List.of("POST /blobs/uploads/", "PUT /manifests/1")) {
                ScriptedRegistry each = ScriptedRegistry.http();
                each.guard(
                        r -> r.header("Authorization").isEmpty() ? Optional.of(challenge("Basic")) : Optional.empty());
                each.fail(request, times(20, Fault.error(status, "ECHO", CANARY + " and " + basic)));
                List<String> advised = new ArrayList<>();

                Throwable failure = catchThrowable(() -> pusher(
                                refusal -> {
                                    advised.add(refusal.words());
                                    return Optional.empty();
                                },
                                SOURCE)
                        .push(app().push(each.reference("app:1"), "1")));
                each.close();

                StringWriter text = new StringWriter();
                failure.printStackTrace(new PrintWriter(text));
                assertThat(text + String.join("\n", client.told) + advised)
                        .contains("*** and ***")
                        .doesNotContain(CANARY, basic);
            }
        }
    }

    /** A proxy for all but this machine. */
    private static final class LoopbackDirect extends ProxySelector {

        private final ProxySelector proxy;

        LoopbackDirect(InetSocketAddress address) {
            this.proxy = ProxySelector.of(address);
        }

        @Override
        public List<java.net.Proxy> select(java.net.URI uri) {
            return RegistryHost.isLoopback(uri.getHost()) ? List.of(java.net.Proxy.NO_PROXY) : proxy.select(uri);
        }

        @Override
        public void connectFailed(java.net.URI uri, java.net.SocketAddress address, java.io.IOException failure) {
            proxy.connectFailed(uri, address, failure);
        }
    }
}
