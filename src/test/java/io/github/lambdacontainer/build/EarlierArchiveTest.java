package io.github.lambdacontainer.build;

import static io.github.lambdacontainer.image.ImageFormat.OCI;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.registry.Connections;
import io.github.lambdacontainer.registry.HttpSettings;
import io.github.lambdacontainer.registry.Pusher;
import io.github.lambdacontainer.registry.RefusalAdvice;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import io.github.lambdacontainer.registry.TransferListener;
import io.github.lambdacontainer.report.ConsoleLog;
import io.github.lambdacontainer.startup.ArchiveSource.Taker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierArchiveTest {

    private static final List<Digest> BELOW = List.of(digest("java"), digest("classes"));

    private final ScriptedRegistry registry = ScriptedRegistry.http();

    @TempDir
    Path directory;

    private Builds builds;
    private Taker taker;

    @BeforeEach
    void prepare() {
        builds = new Builds(directory);
        builds.name = registry.host() + "/app:1";
        BlobCache blobs = new BlobCache(directory.resolve("cache"));
        taker = layer -> blobs.storeNew(layer::transferTo);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Puts an image whose layers are their names. */
    private void put(String key, List<Digest> diffIds, String... layers) {
        String config = "{\"config\":{\"Labels\":{\"io.github.lambdacontainer.startup\":\"" + key
                + "\"}},\"rootfs\":{\"diff_ids\":["
                + diffIds.stream().map(digest -> "\"" + digest + "\"").collect(Collectors.joining(",")) + "]}}";
        List<Descriptor> blobs = Stream.of(layers)
                .map(layer -> registry.blob("app", OCI.layerType(), layer.getBytes(StandardCharsets.UTF_8)))
                .toList();
        Descriptor descriptor = registry.blob("app", OCI.configType(), config.getBytes(StandardCharsets.UTF_8));
        registry.manifest("app", OCI.manifestType(), ScriptedRegistry.manifestJson(OCI, descriptor, blobs), "1");
    }

    private static List<Digest> with(Digest... more) {
        return Stream.concat(BELOW.stream(), Stream.of(more)).toList();
    }

    private Optional<Digest> find() {
        return find(taker);
    }

    private Optional<Digest> find(Taker with) {
        FactCache facts = builds.rooms().facts();
        Connections connections = new Connections(HttpSettings.DEFAULT, TransferListener.SILENT, host -> false, facts);
        Registries registries =
                new Registries(connections, new BlobCache(directory), facts, List.of(), RefusalAdvice.NONE);
        Pusher pusher = new Pusher(connections, registries, List.of(), RefusalAdvice.NONE);
        return new EarlierArchive(
                        new EarlierImages(pusher.current(), builds.request()),
                        BELOW,
                        new ConsoleLog(builds, Optional.empty()))
                .find("key", with)
                .map(Stored::digest);
    }

    @Test
    void theTopLayerOfAnImageOfTheSameInputsHasIt() {
        put("key", with(digest("archive")), "java", "classes", "archive");

        assertThat(find()).contains(digest("archive"));
        assertThat(builds.lines).isEmpty();
    }

    @Test
    void otherInputsMadeAnotherArchive() {
        put("other", with(digest("archive")), "java", "classes", "archive");

        assertThat(find()).isEmpty();
    }

    @Test
    void anImageOnTopOfOursHasItsLabelAndOtherLayers() {
        put("key", with(digest("archive"), digest("more")), "java", "classes", "archive", "more");
        assertThat(find()).isEmpty();

        put("key", List.of(digest("java"), digest("other"), digest("archive")), "java", "other", "archive");
        assertThat(find()).isEmpty();

        put("key", BELOW, "java", "classes");
        assertThat(find()).isEmpty();
        assertThat(builds.lines).isEmpty();
    }

    @Test
    void aLayerThatIsNoArchiveIsTold() {
        put("key", with(digest("archive")), "java", "classes", "archive");

        assertThat(find(layer -> {
                    throw new IOException("its top layer holds 'etc/passwd'");
                }))
                .isEmpty();

        assertThat(builds.lines)
                .containsExactly("Nothing is reused of " + registry.host()
                        + "/app:1: its startup archive cannot be read (its top layer holds 'etc/passwd').");
    }
}
