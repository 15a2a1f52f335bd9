package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.plan.BuildMachine;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.registry.Fault;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

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
        builds.startup = new StartupSettings(
                StartupSettings.Mode.CDS,
                false,
                Optional.empty(),
                Map.of(),
                Duration.ofSeconds(60),
                new BuildMachine("Linux", Optional.of(Architecture.X86_64)));
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

    @Test
    void aLayerThatIsDamagedOrGoneIsMadeAnewAndTold() throws IOException {
        BuiltImage first = builds.push();
        moveToAnotherMachine("another");
        String blob = "GET /v2/team/app/blobs/" + top(first).digest();
        registry.fail(blob, Fault.error(404, "BLOB_UNKNOWN", "gone"));

        builds.push();

        assertThat(builds.lines).contains(TRAINED);
        assertThat(builds.lines)
                .filteredOn(line -> line.startsWith("Nothing is reused of "))
                .singleElement()
                .asString()
                .startsWith("Nothing is reused of " + registry.host() + "/team/app:1: ");
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
