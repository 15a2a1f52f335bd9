package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Credentials;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EcrTokenTest {

    @TempDir
    Path directory;

    private FakeEcr fake;
    private AwsProperties properties;

    @BeforeEach
    void start() {
        fake = FakeEcr.start(directory);
        properties = new AwsProperties(directory).keys(fake);
    }

    @AfterEach
    void close() {
        properties.close();
        fake.close();
    }

    private CredentialSource source() {
        return new Ecr(fake.settings()).credentials();
    }

    @Test
    void givesTheUserAndThePasswordOfAToken() throws Exception {
        Optional<Credentials> credentials = source().find(fake.host());

        assertThat(credentials).contains(new Credentials("AWS", FakeEcr.PASSWORD_PREFIX + "1"));
        assertThat(fake.calls()).containsExactly("GetAuthorizationToken");
        assertThat(fake.proxy().hosts()).containsExactly("api.ecr.eu-central-1.amazonaws.com");
    }
}
