package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes every layer a gzip tar that is labelled as one, or refuses the layer by name. */
record LayerNormalizer(GzipLayers gzip, FactCache facts, UnusableBase base) {

    /** Under the digest of a blob: that it was seen to be gzip, so that it need not be there until its bytes are. */
    private static final String GZIP_BLOB = "gzip-blob";

    FoundBase normalize(FoundBase found) {
        refuseKinds(found.image());
        List<Descriptor> descriptors = new ArrayList<>();
        Map<Digest, Path> files = new HashMap<>();
        for (BaseLayer layer : found.image().layers()) {
            if (isKnown(layer.descriptor())) {
                descriptors.add(layer.descriptor());
                continue;
            }
            Path file = found.blobs().file(layer.descriptor());
            Stored normal = normal(layer, file);
            files.put(normal.digest(), normal.path());
            boolean labelled = LayerKind.of(layer.descriptor().mediaType()) == LayerKind.GZIP;
            String mediaType = labelled
                    ? layer.descriptor().mediaType()
                    : found.image().format().layerType();
            descriptors.add(new Descriptor(mediaType, normal.digest(), normal.size()));
        }
        LayerFiles read = new LayerMap(files);
        return new FoundBase(
                found.digest(),
                found.image().withLayerDescriptors(descriptors),
                layer -> files.containsKey(layer.digest())
                        ? read.file(layer)
                        : found.blobs().file(layer));
    }

    /** Whether {@link #normalize} asks for none of these layers' files. */
    boolean knows(List<BaseLayer> layers) {
        return layers.stream().map(BaseLayer::descriptor).allMatch(this::isKnown);
    }

    private boolean isKnown(Descriptor layer) {
        return LayerKind.of(layer.mediaType()) == LayerKind.GZIP
                && facts.read(GZIP_BLOB, layer.digest().hex()).isPresent();
    }

    private void refuseKinds(BaseImage image) {
        List<Problem> problems = new ArrayList<>();
        for (BaseLayer layer : image.layers()) {
            LayerKind kind = LayerKind.of(layer.descriptor().mediaType());
            if (!kind.isTaken()) {
                problems.add(kind.problem(base, name(layer)));
            }
        }
        if (!problems.isEmpty()) {
            throw new UserFailure(problems);
        }
    }

    private Stored normal(BaseLayer layer, Path file) {
        try {
            return switch (Magic.of(file)) {
                case GZIP -> {
                    remember(facts, layer.descriptor());
                    yield new Stored(
                            layer.descriptor().digest(), layer.descriptor().size(), file);
                }
                case NONE -> gzip.compressed(layer.diffId(), () -> Files.newInputStream(file));
                case ZSTD -> throw LayerKind.ZSTD.refusal(base, name(layer));
            };
        } catch (GzipLayers.OtherContentException e) {
            throw otherContent(base, layer, e.found());
        } catch (IOException e) {
            throw base.damaged("the layer " + name(layer) + " cannot be read (" + e.getMessage() + ")");
        }
    }

    /** That this blob was seen to be gzip. */
    static void remember(FactCache facts, Descriptor gzip) {
        facts.write(GZIP_BLOB, gzip.digest().hex(), "");
    }

    static UserFailure otherContent(UnusableBase base, BaseLayer layer, Digest found) {
        return base.damaged("the content of the layer " + layer.descriptor().digest() + " has the digest " + found
                + ", and the config says " + layer.diffId());
    }

    private static String name(BaseLayer layer) {
        return layer.descriptor().digest() + " (" + layer.descriptor().mediaType() + ")";
    }
}
