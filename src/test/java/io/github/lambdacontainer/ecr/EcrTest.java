package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.registry.Credentials;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.UnusableCredentialsException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A fake ECR and settings of the SDK that are apart from the machine's; not where the environment has AWS keys. */
@DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
abstract class EcrTest {

    @TempDir
    Path directory;

    FakeEcr fake;
    AwsProperties properties;

    @BeforeEach
    void start() {
        fake = FakeEcr.start(directory);
        properties = new AwsProperties(directory);
    }

    @AfterEach
    void close() {
        properties.close();
        fake.close();
    }

    /** What one build finds. */
    Optional<Credentials> find(String host) throws UnusableCredentialsException {
        return find(host, fake.settings());
    }

    static Optional<Credentials> find(String host, HttpSettings settings) throws UnusableCredentialsException {
        return new Ecr(settings, AwsListener.SILENT).credentials().find(host);
    }

    static Credentials token(int number) {
        return new Credentials("AWS", FakeEcr.PASSWORD_PREFIX + number);
    }
}
