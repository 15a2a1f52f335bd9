package io.github.lambdacontainer.ecr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The AWS SDK's settings as system properties, apart from those of the machine, until it is closed. */
public final class AwsProperties implements AutoCloseable {

    private final Map<String, Optional<String>> before = new HashMap<>();
    private final Path directory;

    /**
     * With files of configuration below this directory, no instance metadata, and the HTTP service that the plugin has
     * alone: of the several on the tests' class path the SDK would take one of its own.
     */
    public AwsProperties(Path directory) {
        this.directory = directory;
        set("aws.configFile", directory.resolve("config").toString());
        set("aws.sharedCredentialsFile", directory.resolve("credentials").toString());
        set("aws.disableEc2Metadata", "true");
        set("software.amazon.awssdk.http.service.impl", AwsHttpService.class.getName());
        remove("aws.accessKeyId");
        remove("aws.profile");
    }

    AwsProperties set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.setProperty(name, value);
        return this;
    }

    AwsProperties remove(String name) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.clearProperty(name);
        return this;
    }

    /** Writes the file of profiles. */
    AwsProperties config(String text) {
        try {
            Files.writeString(directory.resolve("config"), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys that a fake ECR takes. */
    public AwsProperties keys() {
        return set("aws.accessKeyId", FakeEcr.ACCESS_KEY)
                .set("aws.secretAccessKey", FakeEcr.SECRET_KEY)
                .set("aws.sessionToken", FakeEcr.SESSION_TOKEN);
    }

    @Override
    public void close() {
        before.forEach((name, value) ->
                value.ifPresentOrElse(v -> System.setProperty(name, v), () -> System.clearProperty(name)));
    }
}
