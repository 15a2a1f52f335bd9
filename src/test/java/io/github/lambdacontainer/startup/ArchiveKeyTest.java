package io.github.lambdacontainer.startup;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.base.Base;
import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.base.TestFacts;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.local.LocalImage;
import io.github.lambdacontainer.plan.ArchiveKind;
import io.github.lambdacontainer.plan.BuildMachine;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.plan.StartupPlan;
import io.github.lambdacontainer.plan.StartupSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a startup archive is known by. */
class ArchiveKeyTest {

    @Test
    void ofTheBuildsOwnVariablesOnlyTheNameCounts() {
        String key = key(Map.of("TOKEN", "one"), Set.of("TOKEN"));
        assertThat(key(Map.of("TOKEN", "another"), Set.of("TOKEN"))).isEqualTo(key);
        assertThat(key(Map.of("OTHER", "one"), Set.of("OTHER"))).isNotEqualTo(key);
        assertThat(key(Map.of(), Set.of())).isNotEqualTo(key);
    }

    @Test
    void aValueThatIsGivenCounts() {
        String key = key(Map.of("STAGE", "one"), Set.of());
        assertThat(key(Map.of("STAGE", "another"), Set.of())).isNotEqualTo(key);
        assertThat(key(Map.of("STAGE", "one"), Set.of("STAGE"))).isNotEqualTo(key);
    }

    private static String key(Map<String, String> environment, Set<String> ofBuild) {
        StartupSettings settings = new StartupSettings(
                StartupSettings.Mode.CDS,
                false,
                Optional.empty(),
                environment,
                ofBuild,
                Duration.ofSeconds(5),
                new BuildMachine("Linux", Optional.of(Architecture.X86_64)));
        StartupPlan plan = new StartupPlan(
                ArchiveKind.CDS, 17, new LayerPlan("startup archive", List.of()), List.of("/java"), List.of());
        LocalImage image = new LocalImage(base(), List.of(), List.of("/java"), Map.of(), "/", Instant.EPOCH);
        return ArchiveKey.of(new TrainingRequest(plan, settings, List.of(), image, List.of(), List.of()), List.of());
    }

    private static Base base() {
        BaseImage image = BaseImage.scratch(Architecture.X86_64, ImageFormat.OCI);
        BaseFacts facts = TestFacts.scratch(Architecture.X86_64);
        return new Base(new BaseReference.Scratch(), Optional.empty(), image, facts, layer -> {
            throw new AssertionError("No layer is needed");
        });
    }
}
