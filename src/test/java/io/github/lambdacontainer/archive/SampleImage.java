package io.github.lambdacontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.Composer;
import io.github.lambdacontainer.image.ContainerConfig;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.layer.LayerBuilder;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A small image on a base that has a layer but no history, two of its three layers the same.
 *
 * @param cache where its blobs are cached
 * @param image the image
 * @param files its blobs
 */
record SampleImage(Path cache, Image image, Map<Digest, Path> files) {

    static SampleImage make(Path cache, ImageFormat format) {
        List<LayerPlan> plans = List.of(
                plan("below", new LayerEntry.File("/etc/base", new Content.Text("base\n"), 0644)),
                plan(
                        "classes",
                        new LayerEntry.Directory("/tmp", 01777, "0:0"),
                        new LayerEntry.File("/var/task/é/" + "n".repeat(120), new Content.Text("x"), 0755)));
        List<BuiltLayer> built = new LayerBuilder(new BlobCache(cache), new FactCache(cache.resolve("facts")))
                .build(plans, Instant.EPOCH);
        BaseImage scratch = BaseImage.scratch(Architecture.X86_64, format);
        Image base = Composer.compose(scratch, List.of(built.get(0).layer()), config(), Optional.empty());
        BaseImage read = withoutHistory(base);
        Image image = Composer.compose(
                read, List.of(built.get(0).layer(), built.get(1).layer()), config(), Optional.empty());
        Map<Digest, Path> files = new HashMap<>();
        built.forEach(layer -> files.put(layer.layer().digest(), layer.blob()));
        return new SampleImage(cache, image, files);
    }

    private static BaseImage withoutHistory(Image image) {
        String text = text(image.config());
        RawJson config = json(text.replaceFirst("\"history\":\\[[^]]*],", ""));
        assertThat(config.size()).isLessThan(text.length());
        RawJson manifest = json(text(image.manifest())
                .replace(image.imageId().toString(), config.digest().toString())
                .replace("\"size\":" + image.config().size(), "\"size\":" + config.size()));
        return BaseImage.parse(image.format().manifestType(), manifest, config);
    }

    private static String text(RawJson json) {
        return new String(json.bytes(), StandardCharsets.UTF_8);
    }

    private static RawJson json(String text) {
        return new RawJson(text.getBytes(StandardCharsets.UTF_8));
    }

    private static LayerPlan plan(String name, LayerEntry... entries) {
        return new LayerPlan(name, List.of(entries));
    }

    private static ContainerConfig config() {
        return new ContainerConfig(
                Optional.of(List.of("/bin/true")),
                List.of("com.example.Hello"),
                Map.of("LANG", "C.UTF-8"),
                Map.of("org.example", "ü"),
                Optional.of("/var/task"),
                Optional.empty(),
                Instant.EPOCH);
    }

    void writeTo(Path target, String... names) {
        new ArchiveWriter(new BlobCache(cache))
                .write(target, image, List.of(names), layer -> files.get(layer.digest()));
    }
}
