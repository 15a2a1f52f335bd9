package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads images from registries (OCI distribution specification), through the cache.
 *
 * <p>Whatever comes from a registry is checked against the digest that named it before it is used.
 */
public final class Registries {

    private final BlobCache blobs;

    /**
     * A client with its own pool of connections.
     *
     * @param credentials asked in this order when a registry wants to know who reads
     */
    public Registries(
            BlobCache blobs,
            FactCache facts,
            List<CredentialSource> credentials,
            HttpSettings settings,
            TransferListener listener) {
        this.blobs = blobs;
    }

    /**
     * Finds the image for Linux on this architecture.
     *
     * @throws io.github.lambdacontainer.problem.Failure if there is none, or it cannot be read
     */
    public ResolvedImage resolve(Reference reference, Architecture architecture) {
        if (reference.digest().isEmpty()) {
            throw new IllegalStateException(reference + " for " + architecture + " cannot be resolved yet");
        }
        return new ResolvedImage(
                reference,
                "",
                new io.github.lambdacontainer.image.RawJson(new byte[0]),
                new io.github.lambdacontainer.image.RawJson(new byte[0]));
    }

    /**
     * The file of a blob of this image's repository, downloaded if the cache lacks it.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be read
     */
    public Path fetch(Reference reference, Descriptor blob) {
        return blobs.find(blob.digest(), blob.size()).orElseThrow();
    }
}
