package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.registry.Reference;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Hears of a base before all of it is read. Nothing may be decided by what it hears: reading may still fail. */
@FunctionalInterface
public interface BaseListener {

    /** What the base may hold as far as its name tells, before anything is read of it. */
    default void supposed(BaseFacts facts) {}

    /** What the base most likely holds, if finding that out will take a while; perhaps more than once. */
    void likely(BaseFacts facts);

    /**
     * The gzip layers of a base in a registry.
     *
     * @param reference the base
     * @param layers its layers, as its manifest names them
     * @param brought completes when it is known where to read them from: at once, if nobody has to look into them, or as
     *     soon as they are on their way into the cache; never if the base cannot be read
     */
    default void layers(Reference reference, List<Descriptor> layers, CompletableFuture<?> brought) {}
}
