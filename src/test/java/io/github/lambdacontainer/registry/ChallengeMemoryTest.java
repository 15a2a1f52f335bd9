package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.Architecture.X86_64;
import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.ecr.ConnectProxy;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.registry.ScriptedRegistry.Received;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a registry wants to be told who asks is known to the next build. */
class ChallengeMemoryTest extends PushScene {

    private static final Credentials AWS = new Credentials("AWS", "canary-7f3a");
    private static final CredentialSource SOURCE = CredentialSource.explicit("<to><auth>", AWS);
    private static final CredentialSource WRONG =
            CredentialSource.explicit("<to><auth>", new Credentials("AWS", "canary-wrong"));

    private void require(String authorization, String challenge) {
        registry.guard(request -> !request.path().startsWith("/v2/")
                        || request.header("Authorization").equals(Optional.of(authorization))
                ? Optional.empty()
                : Optional.of(
                        Fault.error(401, "UNAUTHORIZED", "authentication required", "WWW-Authenticate", challenge)));
    }

    private void requirePassword() {
        require(AWS.basic(), "Basic realm=\"ecr\"");
    }

    private void requireToken() {
        registry.page("/token", "{\"token\":\"t1\"}");
        require("Bearer t1", bearer("http://" + registry.host() + "/token"));
    }

    private static String bearer(String realm) {
        return "Bearer realm=\"" + realm + "\",service=\"s\",scope=\"repository:app:pull\"";
    }

    /** What the next build asks, in which nothing has changed. */
    private List<String> requestsOfTheNextPush() throws MissingRepositoryException {
        registry.forget();
        assertThat(client.pusher(SOURCE).push(push).unchanged()).isTrue();
        return registry.requests();
    }

    private Path entry() throws IOException {
        try (Stream<Path> files = Files.list(client.cache.resolve("challenges"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void asksOnceWhenNothingChangedAtARegistryThatWantsAPassword() throws Exception {
        requirePassword();
        client.pusher(SOURCE).push(push);

        assertThat(requestsOfTheNextPush()).containsExactly("HEAD /v2/app/manifests/1");
    }

    @Test
    void asksForATokenFirstWhereOneIsWanted() throws Exception {
        requireToken();
        client.pusher(SOURCE).push(push);

        assertThat(requestsOfTheNextPush()).containsExactly("GET /token", "HEAD /v2/app/manifests/1");
        Received token = registry.received().get(0);
        assertThat(token.query()).isEqualTo("service=s&scope=repository%3Aapp%3Apull%2Cpush");
        assertThat(token.header("Authorization")).contains(AWS.basic());
    }

    @Test
    void readsABaseWithoutBeingRefusedFirst() throws Exception {
        registry.image("base", OCI, X86_64, List.of(), "1");
        registry.page("/token", "{\"token\":\"t1\"}");
        require("Bearer t1", bearer("http://" + registry.host() + "/token"));
        client.anonymous().resolve(registry.reference("base:1"), X86_64);
        registry.forget();

        client.anonymous().resolve(registry.reference("base:1"), X86_64);

        assertThat(registry.requests()).containsExactly("GET /token", "GET /v2/base/manifests/1");
    }

    @Test
    void remembersNoSecret() throws Exception {
        requireToken();
        client.pusher(SOURCE).push(push);

        assertThat(entry()).hasContent("http\nbearer\nrealm=http://" + registry.host() + "/token\nservice=s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:canary@%s/token", "http://%s/token?key=canary"})
    void remembersNoTokenServerWhoseAddressMayHoldASecret(String realm) throws Exception {
        registry.page("/token", "{\"token\":\"t1\"}");
        require("Bearer t1", bearer(realm.formatted(registry.host())));
        client.pusher(SOURCE).push(push);

        assertThat(client.cache.resolve("challenges")).doesNotExist();
    }

    @Test
    void aRegistryThatWantsSomethingElseTodayGetsThat() throws Exception {
        requirePassword();
        client.pusher(SOURCE).push(push);
        requireToken();

        assertThat(requestsOfTheNextPush())
                .containsExactly(
                        "HEAD /v2/app/manifests/1",
                        "HEAD /v2/app/manifests/1",
                        "GET /token",
                        "HEAD /v2/app/manifests/1");
        assertThat(requestsOfTheNextPush()).containsExactly("GET /token", "HEAD /v2/app/manifests/1");
    }

    @Test
    void aTokenServerThatIsGoneIsAskedForAnew() throws Exception {
        requireToken();
        client.pusher(SOURCE).push(push);
        registry.fail("/token", times(Retries.ATTEMPTS, Fault.status(503, "")));

        assertThat(requestsOfTheNextPush())
                .endsWith("HEAD /v2/app/manifests/1", "GET /token", "HEAD /v2/app/manifests/1");
        assertThat(requestsOfTheNextPush()).containsExactly("GET /token", "HEAD /v2/app/manifests/1");
    }

    @Test
    void wrongCredentialsDoNotKeepAnybodyFromWhatIsOpenToAll() throws Exception {
        registry.image("base", OCI, X86_64, List.of(), "1");
        requirePassword();
        client.with(SOURCE).resolve(registry.reference("base:1"), X86_64);
        registry.guard(request -> request.header("Authorization").isPresent()
                ? Optional.of(Fault.status(401, "", "WWW-Authenticate", "Basic realm=\"ecr\""))
                : Optional.empty());
        registry.forget();

        client.with(WRONG).resolve(registry.reference("base:1"), X86_64);

        assertThat(registry.requests()).containsExactly("GET /v2/base/manifests/1", "GET /v2/base/manifests/1");
    }

    @Test
    void saysWhatItAlwaysSaysOfWrongCredentials() throws Exception {
        requirePassword();
        client.pusher(SOURCE).push(push);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(WRONG).push(push))
                .withMessage("The image '" + registry.host() + "/app:1' may not be pushed: " + registry.host()
                        + " answered 401 (UNAUTHORIZED: authentication required), with the credentials from"
                        + " <to><auth>." + TO_AUTH + "Log in with 'docker login " + registry.host()
                        + "', or give credentials that may push it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http",
                "https",
                "{}\n[]",
                "ftp\nbasic",
                "http\ndigest",
                "http\nbearer",
                "http\nbearer\nrealm",
                "http\nbearer\nscope=x",
                "http\nbearer\nrealm=no address",
                "http\nbearer\nrealm=http://registry.example.com/token"
            })
    void whatIsMalformedIsAsIfThereWereNothing(String text) throws Exception {
        requirePassword();
        client.pusher(SOURCE).push(push);
        Files.writeString(entry(), text);

        assertThat(requestsOfTheNextPush()).containsExactly("HEAD /v2/app/manifests/1", "HEAD /v2/app/manifests/1");
        assertThat(requestsOfTheNextPush()).containsExactly("HEAD /v2/app/manifests/1");
    }

    @Test
    void aRegistryElsewhereThatSpeaksPlainHttpTodayGetsNoPassword() throws Exception {
        requirePassword();
        push = app().push(Reference.parse("registry.example.com/app:1", "to.image"), "1");
        rememberOverHttps("Basic");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(insecure(), SOURCE).push(push))
                .withMessageStartingWith("registry.example.com asks for a password over plain HTTP");
        assertThat(registry.paths()).contains("/v2/app/manifests/1");
        assertNothingInClear();
    }

    /** A registry that takes anything from anybody, over plain HTTP: its tag names nothing, or another image. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRegistryElsewhereThatAsksForNothingOverPlainHttpTodayGetsNoPassword(boolean named) throws Exception {
        if (named) {
            earlierImage();
        }
        push = withoutBase();
        rememberOverHttps("Basic");

        client.pusher(insecure(), SOURCE).push(push);

        assertPushed();
        assertNothingInClear();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void norDoesItGetATokenThatWasBoughtWithThePassword(boolean named) throws Exception {
        if (named) {
            earlierImage();
        }
        push = withoutBase();
        rememberOverHttps("Bearer realm=\"https://auth.example.com/token\",service=\"s\"");
        TestKeys keys = TestKeys.create(directory, List.of("auth.example.com"));
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(keys.context());
        try (ScriptedRegistry auth = ScriptedRegistry.https(keys);
                ConnectProxy tunnel = ConnectProxy.start()) {
            auth.page("/token", "{\"token\":\"t1\"}");
            tunnel.route("auth.example.com", auth.port());

            client.pusher(insecureBut("auth.example.com", tunnel), SOURCE).push(push);

            assertThat(auth.received().get(0).header("Authorization")).contains(AWS.basic());
        } finally {
            SSLContext.setDefault(before);
        }
        assertPushed();
        assertNothingInClear();
    }

    private ImagePush withoutBase() {
        return new PushedApp(OCI, directory.resolve("layers"))
                .layer(LAYER)
                .push(Reference.parse("registry.example.com/app:1", "to.image"), "1");
    }

    private void rememberOverHttps(String challenge) {
        new ChallengeMemory(client.facts(), Wording.PUSHING)
                .keep(
                        "registry.example.com",
                        new ChallengeMemory.Remembered(
                                "https", Challenge.best(List.of(challenge)).orElseThrow()));
    }

    private void assertNothingInClear() {
        assertThat(registry.received())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    /** One host is reached through the tunnel, all others over plain HTTP. */
    private HttpSettings insecureBut(String host, ConnectProxy tunnel) {
        ProxySelector plain =
                ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port()));
        return HttpSettings.DEFAULT
                .withProxies(
                        new ProxySelector() {
                            @Override
                            public List<Proxy> select(URI uri) {
                                return (host.equals(uri.getHost()) ? tunnel.selector() : plain).select(uri);
                            }

                            @Override
                            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                                // The request fails, which tells enough.
                            }
                        },
                        uri -> Optional.empty())
                .withAllowInsecureRegistries(true);
    }

    @Test
    void nothingIsRememberedOfARegistryElsewhereThatSpeaksPlainHttp() throws Exception {
        registry.page("/token", "{\"token\":\"t1\"}");
        requirePassword();
        push = app().push(Reference.parse("registry.example.com/app:1", "to.image"), "1");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.pusher(insecure(), SOURCE).push(push));
        assertThat(client.cache.resolve("challenges")).doesNotExist();
    }

    private HttpSettings insecure() {
        return ReadingClient.impatient()
                .withProxies(
                        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port())),
                        uri -> Optional.empty())
                .withAllowInsecureRegistries(true);
    }

    @Test
    void aRegistryOfThisMachineIsSpokenToOverTlsAtOnceAndOverPlainHttpIfThatIsOver() throws Exception {
        TestKeys keys = TestKeys.create(directory);
        SSLContext before = SSLContext.getDefault();
        SSLContext.setDefault(keys.context());
        try (ScriptedRegistry secure = ScriptedRegistry.https(keys)) {
            secure.guard(request -> request.header("Authorization").isPresent()
                    ? Optional.empty()
                    : Optional.of(Fault.status(401, "", "WWW-Authenticate", "Basic realm=\"ecr\"")));
            push = app().push(secure.reference("app:1"), "1");
            client.pusher(SOURCE).push(push);
            secure.forget();

            assertThat(client.pusher(SOURCE).push(push).unchanged()).isTrue();
            assertThat(secure.requests()).containsExactly("HEAD /v2/app/manifests/1");
        } finally {
            SSLContext.setDefault(before);
        }
        requirePassword();
        push = app().push(registry.reference("app:1"), "1");
        new ChallengeMemory(client.facts(), Wording.PUSHING)
                .keep(
                        registry.host(),
                        new ChallengeMemory.Remembered(
                                "https", Challenge.best(List.of("Basic")).orElseThrow()));

        client.pusher(ReadingClient.impatient(), SOURCE).push(push);

        assertPushed();
    }
}
