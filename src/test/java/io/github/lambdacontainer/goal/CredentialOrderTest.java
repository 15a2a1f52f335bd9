package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.ecr.AwsListener;
import io.github.lambdacontainer.ecr.AwsProperties;
import io.github.lambdacontainer.ecr.Ecr;
import io.github.lambdacontainer.ecr.FakeEcr;
import io.github.lambdacontainer.registry.CredentialSource;
import io.github.lambdacontainer.registry.Credentials;
import io.github.lambdacontainer.registry.UnusableCredentialsException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.SettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every source of credentials has some for a registry of ECR; they are taken away one after the other. */
@DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
@DisabledIfEnvironmentVariable(named = "REGISTRY_AUTH_FILE", matches = ".+")
class CredentialOrderTest {

    static final class Sample {
        From from = new From();
        To to = new To();
    }

    @TempDir
    Path home;

    private final String homeBefore = System.getProperty("user.home");
    private final Properties given = new Properties();
    private final DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
    private FakeEcr fake;
    private AwsProperties aws;

    @BeforeEach
    void everySourceHasSome() throws IOException {
        fake = FakeEcr.start(home);
        aws = new AwsProperties(home).keys();
        System.setProperty("user.home", home.toString());
        file(".config/containers/auth.json", "podman");
        file(".docker/config.json", "docker");
        Server server = new Server();
        server.setId(fake.host());
        server.setUsername("settings");
        server.setPassword("secret");
        request.addServer(server);
        Path helper = Files.writeString(
                home.resolve("helper"),
                "#!/bin/sh\ncat >/dev/null\necho '{\"Username\":\"helper\",\"Secret\":\"secret\"}'\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        for (String side : List.of("from", "to")) {
            given.setProperty("lambda-container." + side + ".auth.username", side);
            given.setProperty("lambda-container." + side + ".auth.password", "secret");
            given.setProperty("lambda-container." + side + ".credHelper", helper.toString());
        }
    }

    private void file(String name, String user) throws IOException {
        String auth = Base64.getEncoder().encodeToString((user + ":secret").getBytes());
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"auths\":{\"" + fake.host() + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    @AfterEach
    void close() {
        System.setProperty("user.home", homeBefore);
        aws.close();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"from", "to"})
    void oneSourceComesAfterTheOther(String side) throws Exception {
        assertThat(user(side)).contains(side);

        given.remove("lambda-container." + side + ".auth.username");
        given.remove("lambda-container." + side + ".auth.password");
        assertThat(user(side)).contains("helper");

        given.remove("lambda-container." + side + ".credHelper");
        assertThat(user(side)).contains("settings");

        request.setServers(List.of());
        assertThat(user(side)).contains("AWS");

        aws.close();
        aws = new AwsProperties(home);
        assertThat(user(side)).contains("podman");

        Files.delete(home.resolve(".config/containers/auth.json"));
        assertThat(user(side)).contains("docker");

        Files.delete(home.resolve(".docker/config.json"));
        assertThat(user(side)).isEmpty();
    }

    /** Podman keeps credentials for parts of a registry; each side of a build has those for its own image. */
    @ParameterizedTest
    @CsvSource({"from, quay.io/team", "to, quay.io/apps"})
    void eachSideHasThePartOfARegistryThatItsImageIsIn(String side, String user) throws Exception {
        given.clear();
        given.setProperty("lambda-container.from.image", "quay.io/team/base:1");
        given.setProperty("lambda-container.to.image", " quay.io/apps/app:1 ");
        String auths = Stream.of("quay.io", "quay.io/team", "quay.io/apps")
                .map(key -> "\"" + key + "\":{\"auth\":\""
                        + Base64.getEncoder().encodeToString((key + ":secret").getBytes()) + "\"}")
                .collect(Collectors.joining(","));
        Files.writeString(home.resolve(".config/containers/auth.json"), "{\"auths\":{" + auths + "}}");

        assertThat(user(side, "quay.io")).contains(user);
    }

    @Test
    void aBaseThatNoRegistryHasIsNoMistakeHere() {
        given.clear();
        given.setProperty("lambda-container.from.image", "tar:Base.tar");

        assertThat(user("from", fake.host())).contains("settings");
    }

    /** Whose credentials a new build sends. */
    private Optional<String> user(String side) {
        return user(side, fake.host());
    }

    private Optional<String> user(String side, String registry) {
        Ecr ecr = new Ecr(fake.settings(), AwsListener.SILENT);
        RegistryAccess access = access();
        List<CredentialSource> sources =
                side.equals("from") ? access.baseCredentials(ecr) : access.targetCredentials(ecr);
        return sources.stream()
                .flatMap(source -> found(source, registry).stream())
                .map(Credentials::username)
                .findFirst();
    }

    private Optional<Credentials> found(CredentialSource source, String registry) {
        try {
            return source.find(registry);
        } catch (UnusableCredentialsException e) {
            return Optional.empty();
        }
    }

    private RegistryAccess access() {
        Sample sample = new Sample();
        new Options(given, new Properties()).fill(sample);
        Parameters parameters = new Parameters(
                null,
                sample.from,
                sample.to,
                List.of(),
                "exploded",
                new Container(),
                new ExtraDirectories(),
                new RuntimeOptions(),
                new StartupOptions(),
                new OutputPaths(),
                (File) null,
                false);
        return new RegistryAccess(parameters, new MavenContext(new MavenProject(), session(), services()));
    }

    @SuppressWarnings("deprecation")
    private MavenSession session() {
        return new MavenSession(null, (RepositorySystemSession) null, request, new DefaultMavenExecutionResult());
    }

    private static MavenServices services() {
        return new MavenServices(null, NothingEncrypted::new, null);
    }

    /** What Maven gives where no password is encrypted. */
    private record NothingEncrypted(SettingsDecryptionRequest request) implements SettingsDecryptionResult {

        @Override
        public Server getServer() {
            return request.getServers().get(0);
        }

        @Override
        public List<Server> getServers() {
            return request.getServers();
        }

        @Override
        public Proxy getProxy() {
            return request.getProxies().get(0);
        }

        @Override
        public List<Proxy> getProxies() {
            return request.getProxies();
        }

        @Override
        public List<SettingsProblem> getProblems() {
            return List.of();
        }
    }
}
