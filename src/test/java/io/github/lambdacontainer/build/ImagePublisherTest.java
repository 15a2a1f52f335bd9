package io.github.lambdacontainer.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.lambdacontainer.base.TestImage;
import io.github.lambdacontainer.base.TestImages;
import io.github.lambdacontainer.ecr.AwsProperties;
import io.github.lambdacontainer.ecr.FakeEcr;
import io.github.lambdacontainer.ecr.NewRepository;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image is pushed to a repository of Amazon ECR that is not there, and may be created. */
@DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
class ImagePublisherTest {

    private static final String CREATED = "Created the repository: ";

    private final ScriptedRegistry source = ScriptedRegistry.http();

    @TempDir
    Path directory;

    @TempDir
    Path home;

    private FakeEcr ecr;
    private AwsProperties properties;
    private Builds builds;

    @BeforeEach
    void start() throws IOException {
        ecr = FakeEcr.start(home);
        properties = new AwsProperties(home).keys();
        TestImage base = TestImages.awsJava();
        source.blob("base", base.descriptor().mediaType(), base.config());
        base.layers().forEach(layer -> source.blob("base", layer.mediaType(), layer.blob()));
        source.manifest("base", base.format().manifestType(), new String(base.manifest(), StandardCharsets.UTF_8), "1");
        builds = new Builds(directory);
        builds.baseImage = Optional.of(source.host() + "/base:1");
        builds.name = ecr.host() + "/team/app:1";
        builds.http = ecr.settings();
        builds.newRepository =
                Optional.of(new NewRepository(Optional.empty(), false, Optional.empty(), Map.of(), false, List.of()));
        builds.compile("Hello");
    }

    @AfterEach
    void stop() {
        source.close();
        properties.close();
        ecr.close();
    }

    private void assertPushed(BuiltImage image) {
        assertThat(ecr.repository("team/app").tags())
                .isEqualTo(Map.of("1", image.image().digest().toString()));
        assertThat(ecr.calls()).containsExactly("GetAuthorizationToken", "CreateRepository");
    }

    @Test
    void saysThatItCreatedTheRepository() {
        BuiltImage image = builds.push();

        assertPushed(image);
        assertThat(builds.lines).contains(CREATED + ecr.host() + "/team/app");
    }

    /** ECR may say that it created a repository before all of it knows, whichever build asked for it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForTheRepositoryThatWasJustCreated(boolean byAnother) {
        builds.ecr = ecr::impatient;
        ecr.hideAfterCreation(20);
        if (byAnother) {
            ecr.createMeanwhile("team/app");
        }

        BuiltImage image = builds.push();

        assertPushed(image);
        assertThat(builds.lines)
                .contains("Waiting 0.0 s for " + ecr.host()
                        + ": the repository 'team/app' was created and is not there yet");
    }

    @Test
    void saysThatARepositoryThatWasCreatedDoesNotAppear() {
        builds.ecr = ecr::impatient;
        ecr.hideAfterCreation(1000);

        assertThatExceptionOfType(EnvironmentFailure.class)
                .isThrownBy(() -> builds.push())
                .withMessage("The repository 'team/app' does not exist: " + ecr.host()
                        + " answered 404 (NAME_UNKNOWN: The repository with name 'team/app' does not exist in the"
                        + " registry with id '123456789012'). It was created, and is not there yet.\n"
                        + "  Setting: <to><createRepository> (-Dlambda-container.to.createRepository)\n"
                        + "  Next: Run the build again.");
        assertThat(ecr.calls()).containsOnlyOnce("CreateRepository");
    }

    @Test
    void saysNothingOfTheRepositoryThatAnotherBuildCreatedMeanwhile() {
        ecr.createMeanwhile("team/app");

        BuiltImage image = builds.push();

        assertPushed(image);
        assertThat(builds.lines).noneMatch(line -> line.startsWith(CREATED));
    }
}
