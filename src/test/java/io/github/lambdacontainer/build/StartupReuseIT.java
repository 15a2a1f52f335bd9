package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.registry.Fault;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A machine without a cache takes the startup archive of the image in the registry. */
@EnabledOnOs(OS.LINUX)
class StartupReuseIT {

    private static final String ADDED = "Added: AppCDS archive of %s: asked for by startup.mode";
    private static final String TRAINED = ADDED.formatted("a training run");
    private static final String REUSED = ADDED.formatted("the image in the registry");

    /** Linked once for every test. */
    @TempDir
    static Path runtimes;

    @TempDir
    Path directory;

    private final ScriptedRegistry registry = ScriptedRegistry.http();
    private Builds builds;

    @BeforeEach
    void prepare() throws IOException {
        builds = new Builds(directory);
        builds.runtimes = Optional.of(runtimes);
        builds.baseImage = Optional.of("scratch");
        builds.name = registry.host() + "/team/app:1";
        builds.http = HttpSettings.DEFAULT;
        builds.startup = Builds.startup(StartupSettings.Mode.CDS, "Linux", Architecture.X86_64);
        builds.compile("Hello");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private void moveToAnotherMachine(String name) {
        builds.cache = directory.resolve(name);
        builds.lines.clear();
        registry.forget();
    }

    private static Descriptor top(BuiltImage image) {
        return image.image().layers().get(image.image().layers().size() - 1).descriptor();
    }

    @Test
    void anotherMachineMakesTheImageThatIsThereWithoutTraining() throws IOException {
        BuiltImage first = builds.push();
        assertThat(builds.lines).contains(TRAINED);
        moveToAnotherMachine("another");

        BuiltImage second = builds.push();

        assertThat(second.image().digest()).isEqualTo(first.image().digest());
        assertThat(builds.lines)
                .contains(REUSED, "Already there: every tag names this image")
                .doesNotContain(TRAINED);
        assertThat(registry.requests())
                .containsExactlyInAnyOrder(
                        "GET /v2/team/app/manifests/1",
                        "GET /v2/team/app/blobs/"
                                + first.image().configDescriptor().digest(),
                        "GET /v2/team/app/blobs/" + top(first).digest(),
                        "HEAD /v2/team/app/manifests/1");

        builds.lines.clear();
        registry.forget();
        builds.push();
        assertThat(builds.lines).contains(ADDED.formatted("an earlier build"));
        assertThat(registry.requests()).containsExactly("HEAD /v2/team/app/manifests/1");
    }

    /** Whoever may write to one repository must not reach the images of another. */
    @Test
    void whatWasTakenFromOneRepositoryIsNotGivenToAnother() {
        BuiltImage first = builds.push();
        moveToAnotherMachine("another");
        builds.push();
        assertThat(builds.lines).contains(REUSED);
        builds.lines.clear();
        builds.name = registry.host() + "/team/other:1";

        BuiltImage other = builds.push();

        assertThat(builds.lines).contains(TRAINED);
        assertThat(top(other).digest()).isNotEqualTo(top(first).digest());

        builds.lines.clear();
        builds.name = registry.host() + "/team/third:1";
        BuiltImage third = builds.push();
        assertThat(builds.lines).contains(ADDED.formatted("an earlier build"));
        assertThat(top(third).digest()).isEqualTo(top(other).digest());
    }

    @Test
    void anotherTagOfTheImageWillDo() throws IOException {
        builds.tags = List.of("latest");
        BuiltImage first = builds.push();
        moveToAnotherMachine("another");
        builds.name = registry.host() + "/team/app:2";

        BuiltImage second = builds.push();

        assertThat(second.image().digest()).isEqualTo(first.image().digest());
        assertThat(builds.lines).contains(REUSED);
    }

    @Test
    void aChangedClassIsTrainedAnewAndNothingIsDownloaded() throws IOException {
        BuiltImage first = builds.push();
        moveToAnotherMachine("another");
        builds.compile("Good morning");

        BuiltImage second = builds.push();

        assertThat(top(second).digest()).isNotEqualTo(top(first).digest());
        assertThat(builds.lines).contains(TRAINED);
        assertThat(registry.requests())
                .doesNotContain("GET /v2/team/app/blobs/" + top(first).digest());
    }

    /** What a registry may have in place of the layer that its manifest names. */
    enum Damage {
        GONE("%1$s answered 404 (BLOB_UNKNOWN: gone) while downloading a layer."),
        OTHER_DIGEST("%1$s gave the wrong layer for '%1$s/team/app:1': its digest must be %2$s, it is %4$s."),
        OTHER_SIZE("%1$s gave the wrong layer for '%1$s/team/app:1': %2$s must have %3$d bytes.");

        private final String reason;

        Damage(String reason) {
            this.reason = reason;
        }

        byte[] damaged(byte[] layer) {
            byte[] bytes = Arrays.copyOf(layer, this == OTHER_SIZE ? layer.length / 2 : layer.length);
            if (this == OTHER_DIGEST) {
                // The time in the header of gzip, which decompresses as before.
                bytes[4] ^= 1;
            }
            return bytes;
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void aLayerThatIsDamagedOrGoneIsMadeAnewAndTold(Damage damage) throws IOException {
        BuiltImage first = builds.push();
        moveToAnotherMachine("another");
        Digest layer = top(first).digest();
        byte[] right = registry.store().get("/v2/team/app/blobs/" + layer).orElseThrow();
        byte[] damaged = damage.damaged(right);
        Fault fault = damage == Damage.GONE ? Fault.error(404, "BLOB_UNKNOWN", "gone") : Fault.bytes(damaged);
        registry.fail("GET /v2/team/app/blobs/" + layer, fault);

        BuiltImage second = builds.push();

        assertThat(builds.lines)
                .contains(
                        TRAINED,
                        "Nothing is reused of " + registry.host() + "/team/app:1: "
                                + damage.reason.formatted(registry.host(), layer, right.length, Digest.of(damaged)))
                .doesNotContain(REUSED);
        Digest made = top(second).digest();
        byte[] pushed = registry.store().get("/v2/team/app/blobs/" + made).orElseThrow();
        assertThat(Digest.of(pushed)).isEqualTo(made);
        builds.lines.clear();
        builds.push();
        assertThat(builds.lines)
                .contains(ADDED.formatted("an earlier build"), "Already there: every tag names this image");
    }

    @Test
    void aBuildTakesItToo() {
        BuiltImage first = builds.push();
        moveToAnotherMachine("another");

        BuiltImage second = builds.build();

        assertThat(second.image().digest()).isEqualTo(first.image().digest());
        assertThat(builds.lines).contains(REUSED);
    }
}
