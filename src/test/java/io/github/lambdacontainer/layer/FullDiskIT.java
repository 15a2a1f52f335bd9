package io.github.lambdacontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.SmallDisk;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A cache on a disk that layers fill. */
@EnabledIf(
        value = "io.github.lambdacontainer.SmallDisk#isPossible",
        disabledReason = "Only root may mount the small disk that this test fills")
class FullDiskIT {

    @TempDir
    Path directory;

    @Test
    void layersThatFillItAreNamedWithThePath() throws IOException {
        byte[] noise = new byte[3_000_000];
        new Random(1).nextBytes(noise);
        Path file = Files.write(directory.resolve("noise"), noise);
        LayerPlan plan = new LayerPlan(
                "dependencies", List.of(new LayerEntry.File("/var/task/lib/noise", new Content.OnDisk(file), 0644)));
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), 2)) {
            LayerBuilder builder = new LayerBuilder(
                    new BlobCache(disk.directory()),
                    new FactCache(disk.directory().resolve("facts")));
            assertThatThrownBy(() -> builder.build(List.of(plan), Instant.EPOCH))
                    .isInstanceOf(EnvironmentFailure.class)
                    .hasMessage("The layers (dependencies) could not be written below '"
                            + disk.directory().resolve("tmp") + "': No space left on device."
                            + "\n  Setting: <cacheDirectory> (-Dlambda-container.cacheDirectory)"
                            + "\n  Next: Free some space there, make the directory writable, or name another one.");
            assertThat(disk.directory().resolve("tmp")).isEmptyDirectory();
        }
    }
}
