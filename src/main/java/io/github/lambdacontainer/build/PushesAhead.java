package io.github.lambdacontainer.build;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseListener;
import io.github.lambdacontainer.base.BaseReference;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.layer.BuiltLayer;
import io.github.lambdacontainer.plan.StartupSettings;
import io.github.lambdacontainer.problem.Failure;
import io.github.lambdacontainer.registry.BlobSource;
import io.github.lambdacontainer.registry.PushAhead;
import io.github.lambdacontainer.registry.PushedBlob;
import io.github.lambdacontainer.registry.Pusher;
import io.github.lambdacontainer.registry.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Begins pushes while their images are still composed: asks what the tags name, and where that is nothing has the layers
 * of the base move. Nothing that it does moves a tag, and a build that fails stops it.
 */
public final class PushesAhead implements AutoCloseable {

    /** A registry hears nothing of a blob's kind before the manifest. */
    private static final String ANY = "application/octet-stream";

    /**
     * What has begun of a push.
     *
     * @param ahead the push
     * @param askable completes when its registry may be asked
     */
    private record Begun(PushAhead ahead, CompletableFuture<Boolean> askable) {

        void ask() {
            ahead.ask();
            askable.complete(true);
        }
    }

    /** By the name of the image, which no two requests of a build share. */
    private final Map<String, Begun> pushes = new LinkedHashMap<>();

    private final List<String> mountFrom;

    private PushesAhead(List<String> mountFrom) {
        this.mountFrom = mountFrom;
    }

    static PushesAhead begin(Pusher pusher, List<BuildRequest> requests, PushRequest push) {
        PushesAhead begun = new PushesAhead(push.mountFrom());
        for (BuildRequest request : requests) {
            Begun one = new Begun(
                    pusher.ahead(BuiltImage.reference(request), BuiltImage.tags(request)), new CompletableFuture<>());
            begun.pushes.put(request.name(), one);
            if (!mayShareRegistry(request)) {
                one.ask();
            }
        }
        return begun;
    }

    /** Reading the base finds out how its registry is to be asked: whoever asks the same one waits for that. */
    private static boolean mayShareRegistry(BuildRequest request) {
        return registry(request.baseImage().orElse(DefaultBase.REGISTRY + "/base"), request)
                .filter(registry ->
                        !registry.equals(BuiltImage.reference(request).registry()))
                .isEmpty();
    }

    /** The registry of a base, or no text if it is not in one; nothing if its name is none, which is told later. */
    private static Optional<String> registry(String base, BuildRequest request) {
        try {
            BaseReference reference =
                    BaseReference.parse(base, request.project().baseDirectory());
            return Optional.of(
                    reference instanceof BaseReference.Registry registry
                            ? registry.reference().registry()
                            : "");
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /** Hears of the base of this request what its push can begin with, and passes on what is likely. */
    BaseListener listener(BuildRequest request, BaseListener next) {
        Begun one = begun(request);
        return new BaseListener() {
            @Override
            public void supposed(BaseFacts facts) {
                next.supposed(facts);
            }

            @Override
            public void likely(BaseFacts facts) {
                next.likely(facts);
            }

            @Override
            public void layers(Reference reference, List<Descriptor> layers, CompletableFuture<?> brought) {
                one.ask();
                if (!isReadLater(request, brought)) {
                    one.ahead.bring(blobs(reference, layers), mountFrom, brought);
                }
            }
        };
    }

    /** Begins with layers that the image of this request will most likely have, as soon as its registry may be asked. */
    void layers(BuildRequest request, List<BuiltLayer> layers) {
        Begun one = begun(request);
        // What goes wrong here goes wrong in the push again, which tells it.
        one.askable.thenRun(() -> bring(one.ahead, layers)).exceptionally(failure -> null);
    }

    private void bring(PushAhead ahead, List<BuiltLayer> layers) {
        for (BuiltLayer layer : layers) {
            Descriptor descriptor =
                    new Descriptor(ANY, layer.layer().digest(), layer.layer().size());
            PushedBlob blob = new PushedBlob(descriptor, new BlobSource.InFile(layer.blob()));
            ahead.bring(List.of(blob), mountFrom, CompletableFuture.completedFuture(true));
        }
    }

    /** A training run may want the files of a base whose facts are known: they are to be downloaded once. */
    private static boolean isReadLater(BuildRequest request, CompletableFuture<?> brought) {
        return brought.isDone() && request.settings().startup().mode() != StartupSettings.Mode.NONE;
    }

    private static List<PushedBlob> blobs(Reference reference, List<Descriptor> layers) {
        BlobSource source = new BlobSource.InRegistry(reference);
        return layers.stream().map(layer -> new PushedBlob(layer, source)).toList();
    }

    /** What has begun of the push of this request. */
    PushAhead of(BuildRequest request) {
        return begun(request).ahead;
    }

    private Begun begun(BuildRequest request) {
        Begun one = pushes.get(request.name());
        if (one == null) {
            throw new IllegalArgumentException("Nothing was begun for " + request.name());
        }
        return one;
    }

    /** Stops what no push took, and waits until nothing is under way. */
    @Override
    public void close() {
        pushes.values().forEach(one -> one.ahead.close());
    }
}
