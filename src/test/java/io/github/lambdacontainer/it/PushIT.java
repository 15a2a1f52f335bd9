package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images are pushed to a registry that asks for a password over TLS. */
@NeedsTool({"docker-registry", "htpasswd", "skopeo"})
class PushIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SOURCE = "src/main/java/com/example/push/Hello.java";

    private static LocalRegistry registry;
    private static String base;

    @BeforeAll
    static void start() {
        registry = LocalRegistry.secure();
        base = registry.push(Base.AWS_JAVA_17);
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    private static String target(String repository) {
        return registry.address() + "/" + repository;
    }

    private static MavenBuild push(MavenBuild build, String target) {
        return build.goals("package", It.goal("push"))
                .property("lambda-container.to.image", target)
                .from(base)
                .trusting(registry)
                .settings(registry.server(Canaries.PASSWORD));
    }

    private static MavenBuild push(String target) {
        return push(MavenBuild.project("push"), target);
    }

    @Test
    @NeedsContainers
    void whatIsPushedIsWhatOtherToolsPullAndItAnswersAnEvent() throws IOException {
        MavenResult result = push(target("team/answers:1"))
                .property("lambda-container.to.tags", "1,stable")
                .argument("-X")
                .succeed();

        String uri = target("team/answers@" + result.digest());
        assertThat(result.json().path("imageUri").asText()).isEqualTo(uri);
        assertThat(result.json().path("imagePushed").asBoolean()).isTrue();
        assertThat(result.output("image.tar")).doesNotExist();
        assertThat(result.lines("Pushed: ")).containsExactly(uri);
        assertThat(registry.tags("team/answers")).containsExactlyInAnyOrder("1", "stable");
        for (String tag : List.of("1", "stable")) {
            assertThat(inspect(target("team/answers:" + tag), "--format", "{{.Digest}}"))
                    .isEqualTo(result.digest());
        }
        assertThat(inspect(target("team/answers:1"), "--raw"))
                .contains("\"layers\"")
                .doesNotContain("\"manifests\"");
        try (LocalFunction function = new LocalFunction();
                var container = Containers.start("docker://" + uri, registry.access(""), function)) {
            assertThat(function.invoke("{\"name\":\"Ada\"}", LIMIT)).isEqualTo("\"Hello, Ada!\"");
            container.assertRunning();
        }
    }

    private static String inspect(String reference, String... options) {
        List<Object> words = new ArrayList<>(List.of(Tools.get("skopeo"), "inspect"));
        words.addAll(registry.access(""));
        words.addAll(List.of(options));
        words.add("docker://" + reference);
        return Command.of(words).output().strip();
    }

    @Test
    void layersOfABaseInTheSameRegistryAreMountedAndNothingIsSentTwice() {
        MavenBuild first = push(target("team/again:1"));
        MavenResult before = first.succeed();
        String digest = before.digest();
        assertThat(before.lines("Uploaded: ")).singleElement().asString().contains(" mounted");
        int requests = registry.requests("team/again").size();

        MavenResult same = push(MavenBuild.again(first.directory()), target("team/again:1"))
                .succeed();

        assertThat(same.digest()).isEqualTo(digest);
        assertThat(same.lines("Already there: ")).containsExactly("every tag names this image");
        assertThat(since("team/again", requests)).containsExactly("HEAD manifests/1 200");

        requests = registry.requests("team/again").size();
        MavenResult changed = push(MavenBuild.again(first.directory()), target("team/again:1"))
                .replace(SOURCE, "Hello, ", "Good morning, ")
                .succeed();

        assertThat(changed.digest()).isNotEqualTo(digest);
        assertThat(changed.lines("Uploaded: ")).singleElement().asString().matches("[\\d.]+ kB in 2 blobs, .*");
        assertThat(since("team/again", requests))
                .filteredOn(request -> request.startsWith("POST "))
                .hasSize(2);
    }

    private static List<String> since(String repository, int requests) {
        List<String> all = registry.requests(repository);
        return all.subList(requests, all.size());
    }

    @Test
    void aBaseInAnotherRegistryIsStreamedAndIsNotAskedForWhatTheTargetHas() throws IOException {
        Path cache = It.directory("push-cache");
        try (LocalRegistry other = LocalRegistry.plain()) {
            String from = other.push(Base.WITH_JAVA);
            MavenBuild build = MavenBuild.project("push");
            build.from(from)
                    .property("lambda-container.cacheDirectory", cache.toString())
                    .goals("package", It.goal("build"))
                    .succeed();
            int described = other.requests(Base.WITH_JAVA.repository).size();
            deleteBlobs(cache);

            MavenResult first = push(MavenBuild.again(build.directory()), target("team/streamed:1"))
                    .from(from)
                    .property("lambda-container.cacheDirectory", cache.toString())
                    .succeed();

            assertThat(first.lines("Downloading")).isEmpty();
            assertThat(layers(other, described)).hasSize(2);
            int streamed = other.requests(Base.WITH_JAVA.repository).size();
            deleteBlobs(cache);
            push(MavenBuild.again(build.directory()), target("team/streamed:1"))
                    .from(from)
                    .property("lambda-container.cacheDirectory", cache.toString())
                    .replace(SOURCE, "Hello, ", "Good morning, ")
                    .succeed();
            assertThat(layers(other, streamed)).isEmpty();
        }
    }

    @Test
    void aMachineWithoutACacheDownloadsNoLayerOfABaseThatTheTargetHas() throws IOException {
        Path caches = It.directory("push-caches");
        try (LocalRegistry other = LocalRegistry.plain()) {
            String from = other.push(Base.WITH_JAVA);
            MavenBuild build = MavenBuild.project("push");
            push(build, target("team/fresh:1"))
                    .from(from)
                    .property(
                            "lambda-container.cacheDirectory",
                            caches.resolve("first").toString())
                    .succeed();
            assertThat(layers(other, 0)).isNotEmpty();
            int described = other.requests(Base.WITH_JAVA.repository).size();

            MavenResult second = push(MavenBuild.again(build.directory()), target("team/fresh:1"))
                    .from(from)
                    .property(
                            "lambda-container.cacheDirectory",
                            caches.resolve("second").toString())
                    .replace(SOURCE, "Hello, ", "Good morning, ")
                    .succeed();

            assertThat(layers(other, described)).isEmpty();
            assertThat(second.lines("Downloading")).isEmpty();
            assertThat(second.lines("Uploaded: ")).singleElement().asString().matches("[\\d.]+ kB in 2 blobs, .*");
        }
    }

    private static List<String> layers(LocalRegistry other, int requests) {
        List<String> all = other.requests(Base.WITH_JAVA.repository);
        String config = configOf(Base.WITH_JAVA);
        return all.subList(requests, all.size()).stream()
                .filter(request -> request.startsWith("GET blobs/") && !request.contains(config))
                .toList();
    }

    private static String configOf(Base of) {
        ImageLayout layout = of.layout();
        JsonNode index = layout.read(layout.top().path("digest").asText());
        return layout.read(index.path("manifests").path(0).path("digest").asText())
                .path("config")
                .path("digest")
                .asText();
    }

    /** Leaves what is known of the base, and takes away its layers. */
    private static void deleteBlobs(Path cache) throws IOException {
        It.delete(cache.resolve("blobs"));
        assertThat(cache.resolve("facts")).isDirectory();
    }

    @Test
    void deployPushesAndSoDoesPackageWhereThePomSaysSo() {
        MavenBuild deploy = push(target("team/deployed:1"))
                .goals("deploy")
                .property("maven.deploy.skip", "true")
                .property("maven.install.skip", "true");
        MavenResult deployed = deploy.succeed();
        String digest = deployed.digest();
        assertThat(deployed.log()).containsSubsequence("--- install:", "Pushed: ");
        assertThat(registry.tags("team/deployed")).containsExactly("1");

        MavenResult packaged = push(MavenBuild.again(deploy.directory()), target("team/packaged:1"))
                .goals("package")
                .replace("pom.xml", "<execution>", "<execution><phase>package</phase>")
                .succeed();
        assertThat(packaged.digest()).isEqualTo(digest);
        assertThat(registry.tags("team/packaged")).containsExactly("1");
    }

    @Test
    void anEncryptedPasswordOfTheSettingsIsTaken() throws IOException {
        Path security = It.directory("push-security").resolve("settings-security.xml");
        Files.writeString(
                security,
                "<settingsSecurity><master>"
                        + encrypted("--encrypt-master-password", Canaries.MASTER_PASSWORD, security)
                        + "</master></settingsSecurity>");
        String password = encrypted("--encrypt-password", Canaries.PASSWORD, security);
        push(target("team/encrypted:1"))
                .settings(registry.server(password))
                .property("settings.security", security.toString())
                .argument("-X")
                .succeed();
        assertThat(registry.tags("team/encrypted")).containsExactly("1");
    }

    private static String encrypted(String how, String secret, Path security) {
        return Command.of(MavenBuild.program(MavenBuild.MAVEN), "-Dsettings.security=" + security, how, secret)
                .environment("JAVA_HOME", It.jdk().toString())
                .output()
                .strip();
    }

    @Test
    void aPasswordOnTheCommandLineIsTakenAndNotShown() {
        push(target("team/command-line:1"))
                .settings("<servers/>")
                .property("lambda-container.from.auth.username", LocalRegistry.USER)
                .property("lambda-container.from.auth.password", Canaries.PASSWORD)
                .property("lambda-container.to.auth.username", LocalRegistry.USER)
                .property("lambda-container.to.auth.password", Canaries.PASSWORD)
                .succeed();
        assertThat(registry.tags("team/command-line")).containsExactly("1");
    }

    @Test
    void githubIsToldOfTheImage() throws IOException {
        Path directory = It.directory("push-github");
        Path output = Files.writeString(directory.resolve("output"), "earlier=step\n");
        Path summary = directory.resolve("summary");
        MavenResult result = push(target("team/github:1"))
                .environment("GITHUB_ACTIONS", "true")
                .environment("GITHUB_OUTPUT", output.toString())
                .environment("GITHUB_STEP_SUMMARY", summary.toString())
                .succeed();
        assertThat(output)
                .hasContent("earlier=step\nimage-uri=" + target("team/github@" + result.digest()) + "\nimage-digest="
                        + result.digest() + "\n");
        assertThat(Files.readString(summary))
                .startsWith("| Image | Digest | Base | Handler | Size | Layers |\n")
                .contains("| `" + target("team/github:1") + "` | `" + result.digest() + "` | `" + base + "` | ");
    }

    @Test
    void eachArchitectureIsPushedWithTagsAndOutputsOfItsOwn() throws IOException {
        Path output = It.directory("push-architectures").resolve("output");
        MavenBuild build = pushBoth(MavenBuild.project("push"), output);

        MavenResult first = build.succeed();

        String x86 = target("team/both@" + digest(first, "x86_64"));
        String arm = target("team/both@" + digest(first, "arm64"));
        assertThat(x86).isNotEqualTo(arm);
        assertThat(first.lines("Pushed: ")).containsExactly(x86, arm);
        assertThat(registry.tags("team/both"))
                .containsExactlyInAnyOrder("1-x86_64", "1-arm64", "stable-x86_64", "stable-arm64");
        for (String tag : List.of("1", "stable")) {
            assertThat(platform("team/both:" + tag + "-x86_64")).isEqualTo("amd64 " + digest(first, "x86_64"));
            assertThat(platform("team/both:" + tag + "-arm64")).isEqualTo("arm64 " + digest(first, "arm64"));
        }
        assertThat(first.json("image-x86_64.json").path("imageUri").asText()).isEqualTo(x86);
        assertThat(first.json("image-arm64.json").path("imageUri").asText()).isEqualTo(arm);
        assertThat(first.output("image.json")).doesNotExist();
        assertThat(Files.readAllLines(output))
                .containsExactly(
                        "image-uri-x86_64=" + x86,
                        "image-digest-x86_64=" + digest(first, "x86_64"),
                        "image-uri-arm64=" + arm,
                        "image-digest-arm64=" + digest(first, "arm64"));

        MavenResult second =
                pushBoth(MavenBuild.again(build.directory()), output).succeed();

        assertThat(second.lines("Already there: "))
                .containsExactly("every tag names this image", "every tag names this image");
        assertThat(second.lines("Pushed: ")).containsExactly(x86, arm);
    }

    private static MavenBuild pushBoth(MavenBuild build, Path output) {
        return push(build, target("team/both:1"))
                .from(registry.push(Base.AWS_JAVA_17_TWINS))
                .property("lambda-container.to.tags", "stable")
                .property("lambda-container.architectures", "x86_64,arm64")
                .property("lambda-container.ciOutputs", "true")
                .environment("GITHUB_OUTPUT", output.toString());
    }

    private static String digest(MavenResult result, String architecture) throws IOException {
        return Files.readString(result.output("image-" + architecture + ".digest"))
                .strip();
    }

    private static String platform(String reference) {
        return inspect(target(reference), "--format", "{{.Architecture}} {{.Digest}}");
    }
}
