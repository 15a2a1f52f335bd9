package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.CarriedFacts;
import io.github.lambdacontainer.base.LabelText;
import io.github.lambdacontainer.base.TarBuilder;
import io.github.lambdacontainer.base.TestImage;
import io.github.lambdacontainer.base.TestImages;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.ImageLayer;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A machine without a cache pushes an image whose base the target has. */
class PushReuseTest {

    private final ScriptedRegistry source = ScriptedRegistry.http();
    private final ScriptedRegistry target = ScriptedRegistry.http();
    private final TestImage base = TestImages.awsJava();

    @TempDir
    Path directory;

    private Builds builds;
    private BuiltImage first;

    @BeforeEach
    void pushFromAnotherMachine() throws IOException {
        builds = new Builds(directory);
        builds.baseImage = Optional.of(source.host() + "/base:1");
        builds.name = target.host() + "/app:1";
        builds.http = HttpSettings.DEFAULT;
        serve(base);
        builds.compile("Hello");
        first = builds.push();
        builds.cache = directory.resolve("fresh");
        forget();
    }

    @AfterEach
    void stop() {
        source.close();
        target.close();
    }

    private void forget() {
        builds.lines.clear();
        source.forget();
        target.forget();
    }

    private void serve(TestImage image) {
        source.blob("base", image.descriptor().mediaType(), image.config());
        image.layers().forEach(layer -> source.blob("base", layer.mediaType(), layer.blob()));
        source.manifest(
                "base", image.format().manifestType(), new String(image.manifest(), StandardCharsets.UTF_8), "1");
    }

    private static String config(TestImage image) {
        return "GET /v2/base/blobs/" + Digest.of(image.config());
    }

    private String earlierConfig() {
        return "GET /v2/app/blobs/" + first.image().configDescriptor().digest();
    }

    private List<String> uploads() {
        return target.requests().stream().filter(r -> r.startsWith("POST ")).toList();
    }

    @Test
    void noLayerOfTheBaseIsDownloadedWhereAClassChanged() throws IOException {
        builds.compile("Good morning");

        BuiltImage second = builds.push();

        assertThat(source.requests()).containsExactly("GET /v2/base/manifests/1", config(base));
        assertThat(uploads()).as("the classes and the config").hasSize(2);
        assertThat(second.base().facts()).isEqualTo(first.base().facts());
        assertThat(second.report().layers())
                .first()
                .isEqualTo(first.report().layers().get(0));
        assertThat(builds.lines).noneMatch(line -> line.startsWith("Downloading"));
    }

    @Test
    void theSameImageComesOfIt() {
        BuiltImage second = builds.push();

        assertThat(second.image().digest()).isEqualTo(first.image().digest());
        assertThat(source.requests()).containsExactly("GET /v2/base/manifests/1", config(base));
        assertThat(target.requests())
                .containsExactlyInAnyOrder("GET /v2/app/manifests/1", earlierConfig(), "HEAD /v2/app/manifests/1");
        assertThat(builds.lines).contains("Already there: every tag names this image");
    }

    @Test
    void whoRemembersTheBaseAsksNothingMore() {
        builds.push();
        forget();

        builds.push();

        assertThat(source.requests()).containsExactly("GET /v2/base/manifests/1");
        assertThat(target.requests()).containsExactly("HEAD /v2/app/manifests/1");
    }

    @Test
    void anotherTagOfTheImageWillDo() {
        builds.name = target.host() + "/app:2";
        builds.tags = List.of("1");

        builds.push();

        assertThat(source.requests()).containsExactly("GET /v2/base/manifests/1", config(base));
        assertThat(target.store().tag("app", "2")).contains(first.image().digest());
    }

    @Test
    void anotherBaseIsReadItself() {
        TestImage other = TestImages.awsJava().layer(new TarBuilder().file("etc/more", "more"));
        serve(other);

        BuiltImage second = builds.push();

        assertThat(source.requests()).hasSize(2 + other.layers().size()).contains(config(other));
        assertThat(second.base().digest()).isNotEqualTo(first.base().digest());
    }

    @Test
    void anotherJavaOfTheBaseIsAnotherMatter() {
        builds.fromJava = Optional.of("/var/lang/bin/java");

        builds.push();

        assertThat(source.requests()).hasSize(2 + base.layers().size());
    }

    /** Whoever may write to one repository must not reach the images of another. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALabelSaysCountsForItsOwnRepositoryAlone(boolean sameRegistry) throws IOException {
        TestImage java = withJava();
        serve(java);
        builds.name = target.host() + "/dev:1";
        builds.cache = directory.resolve("honest");
        BuiltImage honest = builds.push();
        assertThat(honest.image().entrypoint()).contains("/opt/java/openjdk/bin/java");
        forge(honest, "/opt/java/openjdk/bin/java", "/tmp/evil");
        builds.cache = directory.resolve("shared");
        assertThat(builds.push().image().entrypoint())
                .as("it was the word of this repository")
                .contains("/tmp/evil");
        forget();

        builds.name = sameRegistry ? target.host() + "/prod:1" : source.host() + "/dev:1";
        BuiltImage prod = builds.push();

        assertThat(prod.image().digest()).isEqualTo(honest.image().digest());
        assertThat(source.requests())
                .containsAll(java.layers().stream()
                        .map(layer -> "GET /v2/base/blobs/" + layer.descriptor().digest())
                        .toList());
        builds.name = target.host() + "/dev:1";
        assertThat(builds.push().image().digest())
                .as("what was read comes first")
                .isEqualTo(honest.image().digest());
    }

    @Test
    void aBuildDoesNotTakeALabelsWordEvenAfterAPush() throws IOException {
        serve(withJava());
        builds.name = target.host() + "/dev:1";
        builds.cache = directory.resolve("honest");
        BuiltImage honest = builds.push();
        forge(honest, "/opt/java/openjdk/bin/java", "/tmp/evil");
        builds.cache = directory.resolve("shared");
        assertThat(builds.push().image().entrypoint()).contains("/tmp/evil");

        assertThat(builds.build().image().digest()).isEqualTo(honest.image().digest());
    }

    private static TestImage withJava() {
        return TestImages.withJavaHome().layer(new TarBuilder().file("usr/lib/x86_64-linux-gnu/libgcc_s.so.1", ""));
    }

    /** Puts this image into the repository dev with another word in what it says of its base. */
    private void forge(BuiltImage image, String word, String other) throws IOException {
        String config = new String(image.image().config().bytes(), StandardCharsets.UTF_8);
        Matcher label = Pattern.compile('"' + CarriedFacts.LABEL + "\":\\s*\"([^\"]+)\"")
                .matcher(config);
        assertThat(label.find()).isTrue();
        String text = LabelText.read(label.group(1));
        assertThat(text).contains(word);
        String forged = config.replace(label.group(1), LabelText.write(text.replace(word, other)));
        Descriptor descriptor =
                target.blob("dev", ImageFormat.OCI.configType(), forged.getBytes(StandardCharsets.UTF_8));
        List<Descriptor> layers =
                image.image().layers().stream().map(ImageLayer::descriptor).toList();
        String manifest = ScriptedRegistry.manifestJson(ImageFormat.OCI, descriptor, layers);
        target.manifest("dev", ImageFormat.OCI.manifestType(), manifest, "1");
    }

    @Test
    void aBuildNeedsTheLayersAndAsksTheTargetNothing() {
        BuiltImage second = builds.build();

        assertThat(second.image().digest()).isEqualTo(first.image().digest());
        assertThat(source.requests()).hasSize(2 + base.layers().size());
        assertThat(target.requests()).isEmpty();
    }
}
