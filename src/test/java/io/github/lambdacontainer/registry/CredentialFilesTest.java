package io.github.lambdacontainer.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialFilesTest {

    @TempDir
    Path home;

    private Path config(String file, String host, String user) throws IOException {
        String auth = base64(user + ":secret");
        return write(file, "{\"auths\":{\"" + host + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    private Path write(String file, String content) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, content);
    }

    @Test
    void asksPodmansFilesBeforeDockers() throws Exception {
        Path docker = config(".docker/config.json", "example.com", "docker");
        Path containers = config(".config/containers/auth.json", "example.com", "containers");
        Path other = config("other/config.json", "example.com", "other");
        Path run = config("run/containers/auth.json", "example.com", "run");
        Path named = config("named.json", "example.com", "named");

        List<CredentialSource> sources = CredentialFile.all(
                Map.of(
                        "REGISTRY_AUTH_FILE", named.toString(),
                        "XDG_RUNTIME_DIR", home.resolve("run").toString(),
                        "DOCKER_CONFIG", home.resolve("other").toString()),
                home,
                Optional.empty());

        assertThat(sources.stream().map(CredentialSource::name))
                .containsExactly(
                        "'" + named + "'",
                        "'" + run + "'",
                        "'" + containers + "'",
                        "'" + other + "'",
                        "'" + docker + "'");
        assertThat(sources.get(0).find("example.com")).contains(new Credentials("named", "secret"));
        assertThat(sources.get(0).find("example.org")).isEmpty();
    }

    @Test
    void knowsTheNamesOfDockerHub() throws Exception {
        config(".docker/config.json", "https://index.docker.io/v1/", "me");

        assertThat(CredentialFile.all(Map.of(), home, Optional.empty()).get(0).find("registry-1.docker.io"))
                .contains(new Credentials("me", "secret"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes());
    }

    /** The user, named as the key, that a file as {@code podman login quay.io/team} writes it has for an image. */
    private Optional<String> user(String image, String... keys) throws Exception {
        String auths = Stream.of(keys)
                .map(key -> "\"" + key + "\":{\"auth\":\"" + base64(key.replace(':', '+') + ":secret") + "\"}")
                .collect(Collectors.joining(","));
        write(".config/containers/auth.json", "{\"auths\":{" + auths + "}}");
        Reference reference = Reference.parse(image, "to.image");
        return CredentialFile.all(Map.of(), home, Optional.of(reference))
                .get(0)
                .find(reference.registry())
                .map(Credentials::username);
    }

    @ParameterizedTest
    @CsvSource({
        "quay.io/team/app/one:1, quay.io/team/app",
        "quay.io/team/app, quay.io/team/app",
        "quay.io/team/app2, quay.io/team",
        "quay.io/teams/app, quay.io",
        "quay.io/app, quay.io",
        "quay.example/team/app, ",
        "team/app, docker.io/team",
        "teams/app, https+//index.docker.io/v1/"
    })
    void takesTheLongestNameThatTheRepositoryIsIn(String image, String user) throws Exception {
        assertThat(user(
                        image,
                        "quay.io/team",
                        "quay.io",
                        "quay.io/team/app",
                        "quay.io/team/app/others",
                        "docker.io/team",
                        "https://index.docker.io/v1/"))
                .isEqualTo(Optional.ofNullable(user));
    }

    @Test
    void takesNoneOfAnotherPartOfTheRegistry() throws Exception {
        assertThat(user("quay.io/team/app", "quay.io/other", "quay.io/team/apps"))
                .isEmpty();
        assertThat(user("quay.io/team/app", "quay.io/other", "https://quay.io/v1/"))
                .contains("https+//quay.io/v1/");
        assertThat(user("team/app", "docker.io/other")).isEmpty();
    }

    @Test
    void quotesNothingOfAFileThatIsMalformed() throws Exception {
        write(".docker/config.json", "{\"auths\": s3cret}");

        assertThatExceptionOfType(UnusableCredentialsException.class)
                .isThrownBy(() -> CredentialFile.all(Map.of(), home, Optional.empty())
                        .get(0)
                        .find("example.com"))
                .withMessage("it is not a valid file of credentials")
                .withNoCause();
    }

    @Test
    void runsTheHelperThatTheUserNamed() throws Exception {
        Path helper = script("helper", "cat >/dev/null; echo '{\"Username\":\"me\",\"Secret\":\"secret\"}'");

        assertThat(new CredentialHelper(helper.toString()).find("example.com"))
                .contains(new Credentials("me", "secret"));
    }

    @Test
    void hasNothingFromAHelperThatFails() throws Exception {
        Path helper = script("helper", "cat >/dev/null; echo credentials not found in native keychain; exit 1");

        assertThat(new CredentialHelper(helper.toString()).find("example.com")).isEmpty();
    }

    @Test
    void saysThatAHelperIsNotInstalled() {
        assertThatExceptionOfType(UnusableCredentialsException.class)
                .isThrownBy(() -> new CredentialHelper("of-nobody").find("example.com"))
                .withMessage("it is not installed");
    }

    private UnusableCredentialsException unanswered(CredentialSource source, TransferListener listener) {
        HelperWatch watch = new HelperWatch(listener, Duration.ofMillis(500), Duration.ofSeconds(2));
        return assertThatExceptionOfType(UnusableCredentialsException.class)
                .isThrownBy(() -> watch.find(source, "example.com"))
                .actual();
    }

    /** The processes of this test that still run. */
    private static Stream<ProcessHandle> running(Path program) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(program.toString()))
                .filter(process -> process.onExit()
                        .thenApply(end -> false)
                        .completeOnTimeout(true, 10, TimeUnit.SECONDS)
                        .join());
    }

    @Test
    void endsAHelperThatDoesNotAnswerAndNamesItMeanwhile() throws Exception {
        Path helper = script("helper", "sleep 300; echo never");
        ReadingClient client = new ReadingClient(home);

        assertThat(unanswered(new CredentialHelper(helper.toString()), client))
                .hasMessage("it did not answer within 2 s");

        assertThat(client.told)
                .containsExactly(
                        "asking the credential helper '" + helper + "' for 500 ms",
                        "asking the credential helper '" + helper + "' for 1000 ms");
        assertThat(running(helper)).isEmpty();
    }

    /** What jib-core starts for a file is on the path, where a test can put nothing. */
    @Test
    void endsAHelperOfTheKindThatFilesName() throws Exception {
        Path helper = script("docker-credential-slow", "sleep 300; echo never");
        CredentialSource file = new CredentialSource() {
            @Override
            public String name() {
                return "a file";
            }

            @Override
            public Optional<String> program() {
                return new CredentialFile(home, Optional.empty()).program();
            }

            @Override
            public Optional<Credentials> find(String registryHost) throws UnusableCredentialsException {
                return new CredentialHelper(helper.toString()).find(registryHost);
            }
        };

        assertThat(unanswered(file, TransferListener.SILENT)).hasMessage("it did not answer within 2 s");

        assertThat(running(helper)).isEmpty();
    }

    @Test
    void takesTheAnswerOfAHelperInTime() throws Exception {
        Path helper = script("helper", "cat >/dev/null; echo '{\"Username\":\"me\",\"Secret\":\"secret\"}'");
        ReadingClient client = new ReadingClient(home);
        HelperWatch watch = new HelperWatch(client, HelperWatch.PATIENCE, HelperWatch.LIMIT);

        assertThat(watch.find(new CredentialHelper(helper.toString()), "example.com"))
                .contains(new Credentials("me", "secret"));
        assertThatExceptionOfType(UnusableCredentialsException.class)
                .isThrownBy(() -> watch.find(new CredentialHelper("of-nobody"), "example.com"))
                .withMessage("it is not installed");
    }

    private Path script(String name, String body) throws IOException {
        Path path = write(name, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void findsAServerByTheHostWithOrWithoutItsPort() throws Exception {
        Credentials credentials = new Credentials("me", "secret");
        ServerCredentials servers = new ServerCredentials(
                "settings.xml",
                id -> List.of("example.com", "docker.io").contains(id) ? Optional.of(credentials) : Optional.empty());

        assertThat(servers.find("example.com:5000")).contains(credentials);
        assertThat(servers.find("registry-1.docker.io")).contains(credentials);
        assertThat(servers.find("example.org")).isEmpty();
    }
}
