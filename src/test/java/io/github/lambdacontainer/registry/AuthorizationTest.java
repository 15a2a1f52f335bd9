package io.github.lambdacontainer.registry;

import static io.github.lambdacontainer.image.Architecture.X86_64;
import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.registry.ScriptedRegistry.Received;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorizationTest {

    private static final String CANARY = "s3cret+canary/=";
    private static final CredentialSource ALICE =
            CredentialSource.explicit("<from><auth>", new Credentials("alice", CANARY));

    @TempDir
    Path cache;

    private final ScriptedRegistry registry = ScriptedRegistry.http();
    private ReadingClient client;

    @BeforeEach
    void put() {
        registry.image("base", OCI, X86_64, List.of(), "1");
        client = new ReadingClient(cache);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private ResolvedImage resolve(CredentialSource... sources) {
        return client.with(sources).resolve(registry.reference("base:1"), X86_64);
    }

    private void requireBasic() {
        requireAuthorization(new Credentials("alice", CANARY).basic(), "Basic realm=\"here\"");
    }

    private void requireAuthorization(String authorization, String challenge) {
        registry.guard(request -> !request.path().startsWith("/v2/")
                        || request.header("Authorization").equals(Optional.of(authorization))
                ? Optional.empty()
                : Optional.of(
                        Fault.error(401, "UNAUTHORIZED", "authentication required", "WWW-Authenticate", challenge)));
    }

    private String bearer(String realm) {
        return "Bearer realm=\"" + realm + "\",service=\"the registry\",scope=\"repository:base:pull\"";
    }

    private String realm() {
        return "http://" + registry.host() + "/token";
    }

    @Test
    void answersABasicChallengeAndKnowsTheAnswerAfterwards() {
        requireBasic();

        resolve(ALICE);

        assertThat(registry.received().stream()
                        .map(r -> r.header("Authorization").isPresent()))
                .containsExactly(false, true, true);
    }

    @Test
    void asksForAnAnonymousToken() {
        registry.page("/token", "{\"token\":\"t1\"}");
        requireAuthorization("Bearer t1", bearer(realm()));

        resolve();

        Received asked = registry.received().get(1);
        assertThat(asked.path()).isEqualTo("/token");
        assertThat(asked.query()).isEqualTo("service=the+registry&scope=repository%3Abase%3Apull");
        assertThat(asked.header("Authorization")).isEmpty();
    }

    @Test
    void takesAnAccessTokenForAPassword() {
        registry.page("/token", "{\"access_token\":\"t1\"}");
        requireAuthorization("Bearer t1", bearer(realm()));

        resolve(ALICE);

        assertThat(registry.received().get(1).header("Authorization"))
                .contains(new Credentials("alice", CANARY).basic());
    }

    @Test
    void sendsARefreshTokenAsAForm() {
        registry.page("/token", "{\"access_token\":\"t1\"}");
        requireAuthorization("Bearer t1", bearer(realm()));

        resolve(CredentialSource.explicit("x", new Credentials("<token>", "r1")));

        Received asked = registry.received().get(1);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.body())
                .isEqualTo("service=the+registry&scope=repository%3Abase%3Apull&grant_type=refresh_token"
                        + "&client_id=lambda-container-maven-plugin&refresh_token=r1");
    }

    @Test
    void getsAnotherTokenWhenTheFirstExpires() {
        registry.page("/token", "{\"token\":\"t1\"}");
        AtomicInteger requests = new AtomicInteger();
        registry.guard(request -> {
            boolean expired = request.path().startsWith("/v2/") && List.of(1, 4).contains(requests.incrementAndGet());
            return expired
                    ? Optional.of(Fault.error(401, "UNAUTHORIZED", "expired", "WWW-Authenticate", bearer(realm())))
                    : Optional.empty();
        });
        Registries registries = client.anonymous();
        registries.resolve(registry.reference("base:1"), X86_64);

        registries.resolve(registry.reference("base:1"), X86_64);

        assertThat(registry.paths().stream().filter("/token"::equals)).hasSize(2);
    }

    @Test
    void refusesARealmOverPlainHttpElsewhere() {
        requireAuthorization("none", bearer("http://auth.example.com/token"));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve(ALICE))
                .withMessageStartingWith(registry.host() + " names 'http://auth.example.com/token' as its token server,"
                        + " which is not an address over HTTPS.");
    }

    /** Plain HTTP to a host that is not this machine, which a proxy leads to the scripted registry. */
    private HttpSettings insecure() {
        ProxySelector elsewhere =
                ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), registry.port()));
        ProxySelector proxy = new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                return uri.getHost().equals("localhost") ? List.of(Proxy.NO_PROXY) : elsewhere.select(uri);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException e) {
                // What is asked says so.
            }
        };
        return ReadingClient.impatient()
                .withProxies(proxy, uri -> Optional.empty())
                .withAllowInsecureRegistries(true);
    }

    @Test
    void sendsNoPasswordOverPlainHttpElsewhere() {
        requireBasic();
        Reference elsewhere = Reference.parse("registry.example.com/base:1", "from.image");

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.with(insecure(), ALICE).resolve(elsewhere, X86_64))
                .withMessage("registry.example.com asks for a password over plain HTTP, and none is sent that way."
                        + "\n  Setting: <allowInsecureRegistries> (-Dlambda-container.allowInsecureRegistries)"
                        + "\n  Next: Read the image over HTTPS, or from a repository that needs no password.");
        assertThat(registry.paths()).contains("/v2/base/manifests/1");
        assertThat(registry.received())
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void sendsNothingOverPlainHttpToWhatIsKnownToWantAPassword() {
        requireBasic();
        Reference elsewhere = Reference.parse("registry.example.com/base:1", "from.image");
        Connections connections =
                new Connections(insecure(), client, "registry.example.com"::equals, client.facts(), client);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> client.registries(connections, ALICE).resolve(elsewhere, X86_64));
        assertThat(registry.paths()).doesNotContain("/v2/base/manifests/1");
        assertThat(client.told).doesNotContain("insecure registry.example.com");
    }

    @Test
    void tellsAForeignTokenServerNeitherPasswordNorRefreshToken(@TempDir Path keys) throws Exception {
        SSLContext before = SSLContext.getDefault();
        TestKeys key = TestKeys.create(keys);
        SSLContext.setDefault(key.context());
        try (ScriptedRegistry tokens = ScriptedRegistry.https(key)) {
            tokens.page("/token", "{\"token\":\"t1\"}");
            Credentials alice = new Credentials("alice", CANARY);

            assertThat(ask(tokens, "registry.example.com", alice)).isEqualTo("Bearer t1");
            assertThat(ask(tokens, "registry.example.com", new Credentials("<token>", CANARY)))
                    .isEqualTo("Bearer t1");
            assertThat(ask(tokens, "localhost:1", alice)).isEqualTo("Bearer t1");

            assertThat(tokens.received()).extracting(Received::method).containsOnly("GET");
            assertThat(tokens.received())
                    .extracting(request -> request.header("Authorization"))
                    .containsExactly(Optional.empty(), Optional.empty(), Optional.of(alice.basic()));
        } finally {
            SSLContext.setDefault(before);
        }
    }

    private String ask(ScriptedRegistry tokens, String registryName, Credentials credentials) {
        Redactor redactor = new Redactor();
        Messages messages = new Messages(Wording.READING, redactor, HttpSettings.DEFAULT);
        Redirects redirects = new Redirects(new Http(HttpSettings.DEFAULT), HttpSettings.DEFAULT, messages);
        Refusals refusals = new Refusals(Wording.READING, messages, redactor, RefusalAdvice.NONE);
        return new TokenServer(redirects, new Retries(client, client, messages), redactor, messages)
                .bearer(
                        Challenge.best(List.of(bearer("https://" + tokens.host() + "/token")))
                                .orElseThrow(),
                        RegistryCall.get(
                                Reference.parse(registryName + "/base:1", "from.image"), "", Map.of(), Phase.MANIFEST),
                        new FoundCredentials(Optional.of(credentials), List.of("<from><auth>")),
                        Deadline.after(client, Duration.ofMinutes(1)),
                        refusals)
                .authorization();
    }

    @Test
    void saysThatAForeignTokenServerGotNoCredentials(@TempDir Path keys) throws Exception {
        SSLContext before = SSLContext.getDefault();
        TestKeys key = TestKeys.create(keys);
        SSLContext.setDefault(key.context());
        try (ScriptedRegistry tokens = ScriptedRegistry.https(key)) {
            tokens.fail("/token", Fault.error(401, "UNAUTHORIZED", "who are you"));

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> ask(tokens, "registry.example.com", new Credentials("alice", CANARY)))
                    .withMessage("The base image 'registry.example.com/base:1' may not be read: registry.example.com"
                            + " answered 401 (UNAUTHORIZED: who are you), without the credentials from <from><auth>,"
                            + " which are not sent to its token server localhost, a foreign host."
                            + "\n  Setting: <from><auth> (-Dlambda-container.from.auth)"
                            + "\n  Next: Take the image from a registry whose token server is on a host of its own"
                            + " domain.");
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void saysThatCredentialsAreNotSentOverPlainHttpElsewhere(@TempDir Path keys) throws Exception {
        SSLContext before = SSLContext.getDefault();
        TestKeys key = TestKeys.create(keys);
        SSLContext.setDefault(key.context());
        try (ScriptedRegistry tokens = ScriptedRegistry.https(key)) {
            tokens.page("/token", "{\"token\":\"t1\"}");
            requireAuthorization("Bearer of somebody else", bearer("https://" + tokens.host() + "/token"));
            Reference elsewhere = Reference.parse("registry.example.com/base:1", "from.image");

            assertThatExceptionOfType(EnvironmentFailure.class)
                    .isThrownBy(() -> client.with(insecure(), ALICE).resolve(elsewhere, X86_64))
                    .withMessage("The base image 'registry.example.com/base:1' may not be read: registry.example.com"
                            + " answered 401 (UNAUTHORIZED: authentication required), without the credentials from"
                            + " <from><auth>, which are not sent over plain HTTP."
                            + "\n  Setting: <from><auth> (-Dlambda-container.from.auth)"
                            + "\n  Next: Read the image over HTTPS, or from a repository that needs no password.");
            assertThat(tokens.received())
                    .allSatisfy(request ->
                            assertThat(request.header("Authorization")).isEmpty());
        } finally {
            SSLContext.setDefault(before);
        }
    }

    @Test
    void saysThatThereAreNoCredentials() {
        requireBasic();

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve(CredentialSource.of("settings.xml", host -> Optional.empty())))
                .withMessage("The base image '" + registry.host() + "/base:1' may not be read: " + registry.host()
                        + " answered 401 (UNAUTHORIZED: authentication required), without credentials, as there are"
                        + " none for it in settings.xml.\n"
                        + "  Setting: <from><auth> (-Dlambda-container.from.auth)\n"
                        + "  Next: Log in with 'docker login " + registry.host()
                        + "', or give credentials that may read it.");
    }

    @Test
    void doesNotNameASourceThatIsForOtherRegistries() {
        requireBasic();
        CredentialSource elsewhere = new CredentialSource() {
            @Override
            public String name() {
                return "elsewhere";
            }

            @Override
            public Optional<Credentials> find(String registryHost) {
                return Optional.empty();
            }

            @Override
            public boolean isFor(String registryHost) {
                return false;
            }
        };

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve(elsewhere, CredentialSource.of("settings.xml", host -> Optional.empty())))
                .withMessageContaining("none for it in settings.xml.\n");
    }

    @Test
    void saysWhichCredentialsWereNotGoodEnough() {
        registry.fail("/manifests/1", Fault.error(403, "DENIED", "not for alice"));
        requireAuthorizationOnce();

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve(ALICE))
                .withMessageStartingWith("The base image '" + registry.host() + "/base:1' may not be read: "
                        + registry.host() + " answered 403 (DENIED: not for alice), with the credentials from"
                        + " <from><auth>.");
    }

    private void requireAuthorizationOnce() {
        registry.guard(request -> request.header("Authorization").isPresent()
                ? Optional.empty()
                : Optional.of(Fault.status(401, "", "WWW-Authenticate", "Basic")));
    }

    @Test
    void passesOverASourceThatCannotBeRead() {
        requireBasic();

        resolve(failing(false), ALICE);

        assertThat(client.told).containsExactly("unusable broken: it is not installed");
    }

    @Test
    void endsWhenASourceThatTheUserNamedCannotBeRead() {
        requireBasic();

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve(failing(true), ALICE))
                .withMessage("The credentials for " + registry.host()
                        + " could not be read from broken: it is not installed.\n"
                        + "  Setting: <from><credHelper> (-Dlambda-container.from.credHelper)\n"
                        + "  Next: Correct the setting, or remove it to have the other sources asked.");
    }

    private static CredentialSource failing(boolean required) {
        return new CredentialSource() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public Optional<Credentials> find(String registryHost) throws UnusableCredentialsException {
                throw new UnusableCredentialsException("it is not installed");
            }

            @Override
            public boolean required() {
                return required;
            }
        };
    }

    @Test
    void neverTellsASecretThatTheRegistryRepeats() {
        String basic = new Credentials("alice", CANARY).basic().substring(6);
        String echo = CANARY + " and " + basic;
        for (int status : List.of(400, 403, 404, 429, 503)) {
            registry.fail(
                    "/manifests/1",
                    Stream.generate(() -> Fault.error(status, "ECHO", echo))
                            .limit(status >= 429 ? 5 : 1)
                            .toArray(Fault[]::new));
            requireAuthorizationOnce();

            Throwable failure = catchThrowable(() -> resolve(ALICE));

            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            assertThat(text + String.join("\n", client.told))
                    .contains("ECHO: *** and ***")
                    .doesNotContain(CANARY, basic);
        }
        assertThat(new Credentials("alice", CANARY)).hasToString("alice:***");
    }

    @Test
    void neverTellsATokenServersAnswer() {
        registry.page("/token", "{\"token\":" + CANARY);
        requireAuthorization("none", bearer(realm()));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve(ALICE))
                .withMessageStartingWith("The token server localhost gave no token: its answer is not JSON.")
                .withNoCause();
    }

    @Test
    void stopsReadingAnEndlessTokenAndALongError() {
        registry.fail("/token", Fault.endless());
        requireAuthorization("none", bearer(realm()));

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> resolve())
                .withMessageStartingWith("The token server localhost gave no token: its answer is larger than 1 MiB.");
    }

    @Test
    void givesCredentialsOnlyToTokenServersOfTheSameOwner() {
        assertThat(RegistryHost.sharesOwner("registry-1.docker.io", "auth.docker.io"))
                .isTrue();
        assertThat(RegistryHost.sharesOwner("registry.gitlab.com:5000", "gitlab.com"))
                .isTrue();
        assertThat(RegistryHost.sharesOwner("localhost:5000", "127.0.0.1")).isTrue();
        assertThat(RegistryHost.sharesOwner("registry.example.com", "auth.example.org"))
                .isFalse();
        assertThat(RegistryHost.sharesOwner("a.co.uk", "b.co.uk")).isFalse();
        assertThat(RegistryHost.sharesOwner("10.0.0.1", "11.0.0.1")).isFalse();
        assertThat(RegistryHost.sharesOwner("localhost", "auth.docker.io")).isFalse();
        assertThat(RegistryHost.isLoopback("127.0.0.1.example.com")).isFalse();
    }
}
