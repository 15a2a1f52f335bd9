package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.registry.Reference;
import io.github.lambdacontainer.registry.Registries;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The layers of an image in a registry; the first that is asked for brings all of them. */
final class RegistryLayers implements LayerFiles {

    private final Registries registries;
    private final Reference reference;
    private final List<BaseLayer> layers;
    private final CompletableFuture<Boolean> brought = new CompletableFuture<>();
    private Map<Digest, Path> files = Map.of();

    RegistryLayers(Registries registries, Reference reference, List<BaseLayer> layers) {
        this.registries = registries;
        this.reference = reference;
        this.layers = List.copyOf(layers);
    }

    @Override
    public Path file(Descriptor layer) {
        if (files.isEmpty()) {
            files = registries.fetchAll(reference, descriptors(), () -> brought.complete(true));
        }
        return new LayerMap(files).file(layer);
    }

    Reference reference() {
        return reference;
    }

    List<Descriptor> descriptors() {
        return layers.stream().map(BaseLayer::descriptor).toList();
    }

    /** Completes when the files are there or on their way, or it is clear that nobody asks for them now. */
    CompletableFuture<Boolean> brought() {
        return brought;
    }
}
