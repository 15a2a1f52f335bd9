package io.github.lambdacontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmBuildTest {

    @TempDir
    Path cache;

    /** The plugin's own classes over the platform's: Jib and everything else it comes with are out of reach. */
    private static URLClassLoader withoutJib() {
        URL[] own = {location(LayerBuilder.class), location(WarmBuildTest.class)};
        return new URLClassLoader(own, ClassLoader.getPlatformClassLoader());
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void doesNotNeedJibWhereNothingChanged() throws Exception {
        assertThat(Build.reused(cache)).isFalse();

        try (URLClassLoader loader = withoutJib()) {
            Object reused = loader.loadClass(Build.class.getName())
                    .getDeclaredMethod("reused", Path.class)
                    .invoke(null, cache);
            assertThat(reused).isEqualTo(true);
        }
    }

    /** One build, in whatever class loader it is loaded. */
    public static final class Build {

        private Build() {}

        public static boolean reused(Path cache) throws IOException {
            LayerPlan plan = new LayerPlan("a", List.of(new LayerEntry.File("/a", new Content.Text("x"), 0644)));
            return new LayerBuilder(new BlobCache(cache), new FactCache(cache.resolve("facts")))
                    .build(List.of(plan), Instant.EPOCH)
                    .get(0)
                    .reused();
        }
    }
}
