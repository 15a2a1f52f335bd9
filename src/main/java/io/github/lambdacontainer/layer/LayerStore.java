package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.Layer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Layers by what they are made of: a fact names the layer, the blob cache holds its bytes. */
record LayerStore(BlobCache blobs, FactCache facts) {

    private static final String KIND = "layer";

    Optional<BuiltLayer> find(Fingerprint fingerprint) {
        return facts.read(KIND, fingerprint.key())
                .flatMap(fact -> parse(fingerprint.plan().name(), fact))
                .flatMap(layer ->
                        blobs.find(layer.digest(), layer.size()).map(blob -> new BuiltLayer(layer, blob, true)));
    }

    BuiltLayer remember(Fingerprint fingerprint, Layer layer, Path blob) {
        String fact =
                layer.digest() + " " + layer.size() + " " + layer.diffId() + " " + layer.uncompressedSize() + "\n";
        facts.write(KIND, fingerprint.key(), fact);
        return new BuiltLayer(layer, blob, false);
    }

    /** The layer under the name of its own plan: two plans with the same content share one blob. */
    static BuiltLayer named(Fingerprint fingerprint, Map<String, BuiltLayer> built) {
        BuiltLayer shared = built.get(fingerprint.key());
        if (shared == null) {
            throw new IllegalStateException(
                    "Nobody made the layer " + fingerprint.plan().name());
        }
        Layer layer = shared.layer();
        Layer own = new Layer(
                fingerprint.plan().name(), layer.digest(), layer.size(), layer.diffId(), layer.uncompressedSize());
        return new BuiltLayer(own, shared.blob(), shared.reused());
    }

    /** A fact that cannot be read is found out again. */
    private static Optional<Layer> parse(String name, String fact) {
        String[] parts = fact.strip().split(" ", -1);
        try {
            return parts.length != 4
                    ? Optional.empty()
                    : Optional.of(new Layer(
                            name,
                            Digest.parse(parts[0]),
                            Long.parseLong(parts[1]),
                            Digest.parse(parts[2]),
                            Long.parseLong(parts[3])));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
