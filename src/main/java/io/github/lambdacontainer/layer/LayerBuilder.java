package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.FileDigests;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes layers of planned files, or finds those that an earlier build made of the same content. The same files make the
 * same bytes on every machine: sorted, owned by root, with one modification time.
 */
public final class LayerBuilder {

    private final BlobCache blobs;
    private final LayerStore store;
    private final FileDigests files;

    /** A builder that keeps layers in these caches. */
    public LayerBuilder(BlobCache blobs, FactCache facts) {
        this.blobs = blobs;
        this.store = new LayerStore(blobs, facts);
        this.files = new FileDigests(facts);
    }

    /**
     * Reads files ahead that a later build of layers will hold, so that it need not wait for them. A file that cannot be
     * read is left to that build to tell of; one that has changed since is noticed when a layer is made of it.
     */
    public void expect(Collection<Path> paths) {
        paths.stream().filter(Files::isRegularFile).forEach(this::digest);
    }

    /** The digest of a file, read once at most, as by {@link #expect}; nothing if it cannot be read. */
    public Optional<Digest> digest(Path file) {
        try {
            return Optional.of(files.of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The layers of these plans as {@link #build} has them, if earlier builds made all of them. */
    public Optional<List<BuiltLayer>> find(List<LayerPlan> plans, Instant filesModificationTime) {
        List<LayerPlan> filled =
                plans.stream().filter(plan -> !plan.entries().isEmpty()).toList();
        Instant time = filesModificationTime.truncatedTo(ChronoUnit.SECONDS);
        Map<String, BuiltLayer> found = new LinkedHashMap<>();
        List<Fingerprint> fingerprints = new Fingerprints(files).of(filled, time);
        for (Fingerprint fingerprint : fingerprints) {
            Optional<BuiltLayer> layer = store.find(fingerprint);
            if (layer.isEmpty()) {
                return Optional.empty();
            }
            found.put(fingerprint.key(), layer.get());
        }
        return Optional.of(fingerprints.stream()
                .map(fingerprint -> LayerStore.named(fingerprint, found))
                .toList());
    }

    /**
     * The layers of these plans, in their order. A plan without entries makes no layer.
     *
     * @param plans the plans
     * @param filesModificationTime the modification time of every file, cut to whole seconds
     * @throws io.github.lambdacontainer.problem.EnvironmentFailure if a file cannot be read, changes meanwhile, or a
     *     layer cannot be written
     */
    public List<BuiltLayer> build(List<LayerPlan> plans, Instant filesModificationTime) {
        Instant time = filesModificationTime.truncatedTo(ChronoUnit.SECONDS);
        List<LayerPlan> filled =
                plans.stream().filter(plan -> !plan.entries().isEmpty()).toList();
        List<Fingerprint> fingerprints = new Fingerprints(files).of(filled, time);
        Map<String, BuiltLayer> built = new LinkedHashMap<>();
        Map<String, Fingerprint> missing = new LinkedHashMap<>();
        for (Fingerprint fingerprint : fingerprints) {
            store.find(fingerprint)
                    .ifPresentOrElse(
                            layer -> built.put(fingerprint.key(), layer),
                            () -> missing.putIfAbsent(fingerprint.key(), fingerprint));
        }
        if (!missing.isEmpty()) {
            List<Fingerprint> wanted = List.copyOf(missing.values());
            List<BuiltLayer> made = JibLayers.make(wanted, time, blobs, store);
            for (int i = 0; i < wanted.size(); i++) {
                built.put(wanted.get(i).key(), made.get(i));
            }
        }
        List<BuiltLayer> layers = new ArrayList<>();
        for (Fingerprint fingerprint : fingerprints) {
            layers.add(LayerStore.named(fingerprint, built));
        }
        return List.copyOf(layers);
    }
}
