package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.registry.Registries;
import io.github.lambdacontainer.registry.ResolvedImage;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads base images from wherever they are, and finds out what they hold. */
public final class BaseReader {

    private final Registries registries;
    private final BlobCache blobs;
    private final GzipLayers gzip;
    private final StoredImages stored;
    private final FactsReader reader;
    private final FactCache facts;

    /** A reader that keeps layers and what it finds out in these caches. */
    public BaseReader(Registries registries, BlobCache blobs, FactCache facts) {
        this.registries = registries;
        this.blobs = blobs;
        this.gzip = new GzipLayers(blobs, facts);
        this.stored = new StoredImages(blobs, gzip);
        this.reader = new FactsReader(facts);
        this.facts = facts;
    }

    /** A reader that keeps what images say of their base within this scope, and reads it there alone. */
    public BaseReader within(String scope) {
        return new BaseReader(registries, blobs, facts.within(scope));
    }

    /**
     * Reads the base for one architecture.
     *
     * @param scratchFormat the format of the documents of {@code scratch}, which has none of its own
     * @param fromJava the absolute path of {@code java} in the base, or empty to find it
     * @param listener hears of the base before all of it is read
     * @param carried values of {@link CarriedFacts#LABEL} that may be about this base, asked for if its layers would
     *     have to be downloaded only to describe it, and only {@link #within} a scope
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be used
     */
    public Base read(
            BaseReference reference,
            Architecture architecture,
            ImageFormat scratchFormat,
            Optional<String> fromJava,
            BaseListener listener,
            Supplier<Stream<String>> carried) {
        UnusableBase base = new UnusableBase(reference.text());
        expect(reference, architecture, listener);
        FoundBase found = find(reference, architecture, scratchFormat, base);
        Platform platform = Platform.of(found.image());
        if (!platform.is(architecture)) {
            throw PlatformFailures.notThere(base, architecture, List.of(platform));
        }
        recall(reference, found.image(), fromJava, carried);
        LayerNormalizer normalizer = new LayerNormalizer(gzip, facts, base);
        boolean remembered = reader.remembers(found.image(), fromJava)
                && normalizer.knows(found.image().layers());
        announce(found, remembered, listener);
        if (!found.image().layers().isEmpty() && !remembered) {
            listener.likely(LikelyFacts.of(reference.text(), found.image(), architecture));
        }
        FoundBase normal = normalizer.normalize(found);
        BaseFacts read = reader.read(reference, normal, architecture, fromJava);
        brought(found).ifPresent(brought -> brought.complete(true));
        return new Base(reference, normal.digest(), normal.image(), read, normal.blobs());
    }

    /**
     * A tag most likely names what it named at the last build, which the registry takes a while to confirm; of a base that is
     * new here there is only the name.
     */
    private void expect(BaseReference reference, Architecture architecture, BaseListener listener) {
        if (!(reference instanceof BaseReference.Registry registry)) {
            return;
        }
        Optional<BaseImage> remembered =
                registries.remembered(registry.reference(), architecture).flatMap(BaseReader::usable);
        if (remembered.isEmpty()) {
            listener.supposed(LikelyFacts.ofName(reference.text(), architecture));
        } else if (registry.reference().digest().isEmpty()) {
            listener.likely(LikelyFacts.of(reference.text(), remembered.get(), architecture));
        }
    }

    /** What was wrong with it is for the registry to repair, and to be asked about. */
    private static Optional<BaseImage> usable(ResolvedImage image) {
        try {
            return Optional.of(parse(image));
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    private static BaseImage parse(ResolvedImage image) {
        return BaseImage.parse(image.mediaType(), image.manifest(), image.config());
    }

    /**
     * Remembers what an image on this base says of it, where that saves reading the base's layers. Nobody has checked it,
     * so that it must not be found outside of the scope.
     */
    private void recall(
            BaseReference reference, BaseImage image, Optional<String> fromJava, Supplier<Stream<String>> carried) {
        Optional<FactCache> scope = facts.scoped();
        if (scope.isEmpty() || !(reference instanceof BaseReference.Registry) || reader.remembers(image, fromJava)) {
            return;
        }
        CarriedFacts said = new CarriedFacts(scope.get());
        for (Iterator<String> labels = carried.get().iterator(); labels.hasNext(); ) {
            if (said.take(labels.next(), image, fromJava)) {
                return;
            }
        }
    }

    private static void announce(FoundBase found, boolean remembered, BaseListener listener) {
        if (found.blobs() instanceof RegistryLayers layers) {
            if (remembered) {
                layers.brought().complete(true);
            }
            listener.layers(
                    layers.reference(),
                    layers.descriptors().stream()
                            .filter(layer -> LayerKind.of(layer.mediaType()) == LayerKind.GZIP)
                            .toList(),
                    layers.brought());
        }
    }

    private static Optional<CompletableFuture<Boolean>> brought(FoundBase found) {
        return found.blobs() instanceof RegistryLayers layers ? Optional.of(layers.brought()) : Optional.empty();
    }

    private FoundBase find(
            BaseReference reference, Architecture architecture, ImageFormat scratchFormat, UnusableBase base) {
        if (reference instanceof BaseReference.Registry registry) {
            ResolvedImage image = registries.resolve(registry.reference(), architecture);
            BaseImage parsed = parse(image);
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
