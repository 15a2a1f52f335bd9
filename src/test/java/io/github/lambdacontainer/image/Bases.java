package io.github.lambdacontainer.image;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Base images and settings for tests. */
final class Bases {

    static final ContainerConfig PLAIN = new ContainerConfig(
            Optional.empty(),
            List.of("com.example.Hello"),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Instant.EPOCH);

    private Bases() {}

    static RawJson json(String text) {
        return new RawJson(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(RawJson json) {
        return new String(json.bytes(), StandardCharsets.UTF_8);
    }

    static Digest digest(String of) {
        return Digest.of(of.getBytes(StandardCharsets.UTF_8));
    }

    static Layer layer(String name) {
        return new Layer(name, digest(name + " gzip"), 10, digest(name), 20);
    }

    /** A base of the family whose config is this text; as many layers as wanted, whose diff ids are {@link #diffIds}. */
    static BaseImage base(ImageFormat format, int layers, String config) {
        return base(format, layers, format.layerType(), config);
    }

    static BaseImage base(ImageFormat format, int layers, String layerType, String config) {
        RawJson raw = json(config);
        return BaseImage.parse(format.manifestType(), manifest(format, layers, layerType, raw), raw);
    }

    static RawJson manifest(ImageFormat format, int layers, String layerType, RawJson config) {
        String descriptors = IntStream.range(0, layers)
                .mapToObj(i -> descriptor(layerType, digest("blob " + i).toString(), 100 + i))
                .collect(Collectors.joining(","));
        return json("{\"schemaVersion\":2,\"config\":"
                + descriptor(format.configType(), config.digest().toString(), config.size()) + ",\"layers\":["
                + descriptors + "],\"annotations\":{\"org.example\":\"kept\"}}");
    }

    static String diffIds(int layers) {
        return IntStream.range(0, layers)
                .mapToObj(i -> "\"" + digest("tar " + i) + "\"")
                .collect(Collectors.joining(",", "{\"type\":\"layers\",\"diff_ids\":[", "]}"));
    }

    private static String descriptor(String type, String digest, long size) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }
}
