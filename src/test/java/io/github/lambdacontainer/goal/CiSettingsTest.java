package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CiSettingsTest {

    private static Optional<String> warning(@Nullable Boolean wanted, Map<String, String> environment) {
        return CiSettings.warning(wanted, CiSettings.outputs(wanted, environment));
    }

    @Test
    void warnsOfOutputsWithoutAFile() {
        String warning = "ciOutputs is true, but neither GITHUB_OUTPUT nor GITHUB_STEP_SUMMARY is set, so that nothing"
                + " is told of the image.";

        assertThat(warning(true, Map.of())).contains(warning);
        assertThat(warning(true, Map.of("GITHUB_OUTPUT", " "))).contains(warning);
    }

    @Test
    void warnsOfNothingElse() {
        assertThat(warning(true, Map.of("GITHUB_OUTPUT", "out"))).isEmpty();
        assertThat(warning(true, Map.of("GITHUB_STEP_SUMMARY", "summary"))).isEmpty();
        assertThat(warning(false, Map.of())).isEmpty();
        assertThat(warning(null, Map.of())).isEmpty();
        assertThat(warning(null, Map.of("GITHUB_ACTIONS", "true"))).isEmpty();
    }
}
