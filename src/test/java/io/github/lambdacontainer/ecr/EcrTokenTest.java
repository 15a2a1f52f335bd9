package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Credentials;
import io.github.lambdacontainer.registry.HttpSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

class EcrTokenTest extends EcrTest {

    @BeforeEach
    void keys() {
        properties.keys();
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com, api.ecr.eu-central-1.amazonaws.com",
        "123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com, api.ecr-fips.eu-central-1.amazonaws.com",
        "123456789012.dkr-ecr.eu-central-1.on.aws, ecr.eu-central-1.api.aws",
        "public.ecr.aws, api.ecr-public.us-east-1.amazonaws.com",
        "ecr-public.aws.com, api.ecr-public.us-east-1.amazonaws.com"
    })
    void asksTheEndpointThatTheHostNames(String host, String endpoint) throws Exception {
        assertThat(find(host)).contains(token(1));
        assertThat(fake.calls()).containsExactly("GetAuthorizationToken");
        assertThat(fake.proxy().hosts()).containsExactly(endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "aws.endpointUrlEcr, 123456789012.dkr.ecr.eu-central-1.amazonaws.com",
        "aws.endpointUrl, 123456789012.dkr.ecr.eu-central-1.amazonaws.com",
        "aws.endpointUrlEcr, 123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com",
        "aws.endpointUrlEcr, 123456789012.dkr-ecr.eu-central-1.on.aws",
        "aws.endpointUrlEcrPublic, public.ecr.aws"
    })
    void asksTheEndpointThatTheUserNames(String property, String host) throws Exception {
        properties.set(property, fake.endpoint());

        assertThat(find(host, HttpSettings.DEFAULT)).contains(token(1));
    }

    @Test
    void asksAProfilesEndpoint() throws Exception {
        properties.config(
                "[default]\nservices = here\n[services here]\necr =\n  endpoint_url = " + fake.endpoint() + "\n");

        assertThat(find(fake.host(), HttpSettings.DEFAULT)).contains(token(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012.dkr.ecr.eu-central-1.amazonaws.com", "public.ecr.aws"})
    void endsTheBuildForAProxyWhosePasswordCannotBeRead(String host) {
        UserFailure unreadable = new UserFailure(Problem.of("It cannot be decrypted.", "Encrypt it again."));
        HttpSettings settings = fake.settings().withProxies(fake.proxy().selector(), uri -> {
            throw unreadable;
        });

        assertThatThrownBy(() -> find(host, settings)).isSameAs(unreadable);
    }

    @Test
    void sourcesOfOneBuildShareAToken() throws Exception {
        Ecr ecr = new Ecr(fake.settings(), AwsListener.SILENT);

        assertThat(ecr.credentials().find(fake.host())).contains(token(1));
        assertThat(ecr.credentials().find(fake.host())).contains(token(1));
        assertThat(fake.calls()).hasSize(1);
    }

    @Test
    void asksAgainForWhoeverAsksAgain() throws Exception {
        Ecr ecr = new Ecr(fake.settings(), AwsListener.SILENT);
        CredentialSource reading = ecr.credentials();
        CredentialSource pushing = ecr.credentials();

        assertThat(reading.find(fake.host())).contains(token(1));
        assertThat(pushing.find(fake.host())).contains(token(1));
        assertThat(reading.find(fake.host())).contains(token(2));
        assertThat(pushing.find(fake.host())).contains(token(2));
        assertThat(pushing.find(fake.host())).contains(token(3));
    }

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com, Amazon ECR in eu-central-1",
        "public.ecr.aws, Amazon ECR Public"
    })
    void repeatsWhatIsThrottledAndTellsOfTheWait(String host, String service) throws Exception {
        fake.fail("GetAuthorizationToken", ApiFault.throttled(), ApiFault.throttled());
        List<String> waits = new ArrayList<>();
        Ecr ecr = new Ecr(fake.settings(), (who, why, delay) -> {
            assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(20));
            waits.add(who + ": " + why);
        });

        assertThat(ecr.credentials().find(host)).contains(token(1));
        assertThat(fake.calls()).hasSize(3);
        assertThat(waits)
                .containsExactly(
                        service + ": ThrottlingException: Rate exceeded",
                        service + ": ThrottlingException: Rate exceeded");
    }

    @Test
    void tellsNoSecretWhenItTellsOfAWait() throws Exception {
        fake.fail(
                "GetAuthorizationToken",
                new ApiFault(400, "ThrottlingException", "Too much for " + FakeEcr.SESSION_TOKEN));
        List<String> waits = new ArrayList<>();

        new Ecr(fake.settings(), (who, why, delay) -> waits.add(why))
                .credentials()
                .find(fake.host());

        assertThat(waits).containsExactly("ThrottlingException: Too much for ***");
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012.dkr.ecr.eu-central-1.amazonaws.com", "public.ecr.aws"})
    void asksNothingOffline(String host) throws Exception {
        assertThat(find(host, fake.settings().withOffline(true))).isEmpty();
        assertThat(fake.proxy().hosts()).isEmpty();
    }

    @Test
    void hasNothingForOtherRegistries() throws Exception {
        assertThat(find("registry-1.docker.io")).isEmpty();
        assertThat(new Ecr(HttpSettings.DEFAULT, AwsListener.SILENT)
                        .credentials()
                        .isFor("registry-1.docker.io"))
                .isFalse();
        assertThat(fake.proxy().hosts()).isEmpty();
    }

    @Test
    void readsTheGalleryAnonymouslyIfATokenIsDenied() throws Exception {
        fake.deny("ecr-public:GetAuthorizationToken");

        assertThat(find("public.ecr.aws")).isEmpty();
    }

    @Test
    void asksThroughAProxyThatWantsAPassword() throws Exception {
        fake.proxy().wantPassword("user", "canary-51d0");
        HttpSettings proxied = fake.settings()
                .withProxies(fake.proxy().selector(), uri -> Optional.of(new Credentials("user", "canary-51d0")));

        assertThat(find(fake.host(), proxied)).isPresent();
    }

    @Test
    void printsNoSecret() {
        Login login = new Login(
                AwsSessionCredentials.create(FakeEcr.ACCESS_KEY, FakeEcr.SECRET_KEY, FakeEcr.SESSION_TOKEN),
                "the test");

        assertThat(login).hasToString("Login[the test]");
        assertThat(login.redact("a " + FakeEcr.SECRET_KEY + " b " + FakeEcr.SESSION_TOKEN))
                .isEqualTo("a *** b ***");
    }
}
