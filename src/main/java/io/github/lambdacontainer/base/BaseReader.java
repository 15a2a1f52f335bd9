package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.registry.ResolvedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads base images from wherever they are, and finds out what they hold. */
public final class BaseReader {

    private final Registries registries;
    private final GzipLayers gzip;
    private final StoredImages stored;
    private final FactsReader reader;
    private final FactCache facts;

    /** A reader that keeps layers and what it finds out in these caches. */
    public BaseReader(Registries registries, BlobCache blobs, FactCache facts) {
        this.registries = registries;
        this.gzip = new GzipLayers(blobs, facts);
        this.stored = new StoredImages(blobs, gzip);
        this.reader = new FactsReader(facts);
        this.facts = facts;
    }

    /**
     * Reads the base for one architecture.
     *
     * @param scratchFormat the format of the documents of {@code scratch}, which has none of its own
     * @param fromJava the absolute path of {@code java} in the base, or empty to find it
     * @param likely is told what the base most likely holds, if finding that out will take a while
     * @param carried values of {@link CarriedFacts#LABEL} that may be about this base, asked for if its layers would
     *     have to be downloaded only to describe it
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be used
     */
    public Base read(
            BaseReference reference,
            Architecture architecture,
            ImageFormat scratchFormat,
            Optional<String> fromJava,
            Consumer<BaseFacts> likely,
            Supplier<Stream<String>> carried) {
        UnusableBase base = new UnusableBase(reference.text());
        FoundBase found = find(reference, architecture, scratchFormat, base);
        Platform platform = Platform.of(found.image());
        if (!platform.is(architecture)) {
            throw PlatformFailures.notThere(base, architecture, List.of(platform));
        }
        recall(reference, found.image(), fromJava, carried);
        if (!found.image().layers().isEmpty() && !reader.remembers(found.image(), fromJava)) {
            likely.accept(LikelyFacts.of(reference.text(), found.image(), architecture));
        }
        FoundBase normal = new LayerNormalizer(gzip, facts, base).normalize(found);
        BaseFacts read = reader.read(reference, normal, architecture, fromJava);
        return new Base(reference, normal.digest(), normal.image(), read, normal.blobs());
    }

    /** Remembers what an image on this base says of it, where that saves reading the base's layers. */
    private void recall(
            BaseReference reference, BaseImage image, Optional<String> fromJava, Supplier<Stream<String>> carried) {
        if (reference instanceof BaseReference.Registry && !reader.remembers(image, fromJava)) {
            CarriedFacts said = new CarriedFacts(facts);
            // Whoever needs to know asks the cache.
            boolean unused = carried.get().anyMatch(label -> said.take(label, image, fromJava));
        }
    }

    private FoundBase find(
            BaseReference reference, Architecture architecture, ImageFormat scratchFormat, UnusableBase base) {
        if (reference instanceof BaseReference.Registry registry) {
            ResolvedImage image = registries.resolve(registry.reference(), architecture);
            BaseImage parsed = BaseImage.parse(image.mediaType(), image.manifest(), image.config());
            return new FoundBase(
                    Optional.of(image.manifest().digest()),
                    parsed,
                    new RegistryLayers(registries, registry.reference(), parsed.layers()));
        }
        if (reference instanceof BaseReference.Archive archive) {
            return stored.archive(archive.file(), architecture, base);
        }
        if (reference instanceof BaseReference.OciLayout layout) {
            return stored.layout(layout.directory(), architecture, base);
        }
        return new FoundBase(Optional.empty(), BaseImage.scratch(architecture, scratchFormat), new LayerMap(Map.of()));
    }
}
