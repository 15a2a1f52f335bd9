package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.BlobMismatchException;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Reads images from registries (OCI distribution specification), through the cache.
 *
 * <p>Whatever comes from a registry is checked against the digest that named it before it is used. What is named by a
 * digest and in the cache is never asked for again.
 */
public final class Registries {

    /** As other clients do; more connections make a download no faster. */
    private static final int AT_ONCE = 3;

    private final BlobCache blobs;
    private final Connections connections;
    private final RegistryClient client;
    private final Retries retries;
    private final Messages messages;
    private final Resolver resolver;
    private final Resolver remembering;
    private final Map<Digest, Arrival> arriving = new ConcurrentHashMap<>();

    /**
     * A client that shares connections with others.
     *
     * @param credentials asked in this order when a registry wants to know who reads
     * @param advice knows what the refusals of some registries mean
     */
    public Registries(
            Connections connections,
            BlobCache blobs,
            FactCache facts,
            List<CredentialSource> credentials,
            RefusalAdvice advice) {
        Connections.Side side = connections.side(Wording.READING, credentials, advice);
        this.blobs = blobs;
        this.connections = connections;
        this.client = side.client();
        this.retries = side.retries();
        this.messages = side.messages();
        boolean offline = connections.settings().offline();
        this.remembering = new Resolver(new Documents(client, blobs, facts, true, messages), messages);
        this.resolver =
                offline ? remembering : new Resolver(new Documents(client, blobs, facts, false, messages), messages);
    }

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
        this(
                new Connections(settings, listener, registry -> false, facts),
                blobs,
                facts,
                credentials,
                RefusalAdvice.NONE);
    }

    /**
     * Finds the image for Linux on this architecture.
     *
     * @throws io.github.lambdacontainer.problem.Failure if there is none, or it cannot be read
     */
    public ResolvedImage resolve(Reference reference, Architecture architecture) {
        return resolver.resolve(reference, architecture, connections.deadline());
    }

    /** What {@link #resolve} found last, without a question to the registry, if the cache still has it. */
    public Optional<ResolvedImage> remembered(Reference reference, Architecture architecture) {
        try {
            return Optional.of(remembering.resolve(reference, architecture, connections.deadline()));
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    /**
     * The file of a blob of this image's repository, downloaded if the cache lacks it.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be read
     */
    public Path fetch(Reference reference, Descriptor blob) {
        return bring(reference, blob, new Arrival());
    }

    /**
     * The files of these blobs of one repository; a few that the cache lacks are downloaded at once.
     *
     * @param begun called as soon as a push reads them where they arrive, and not from the registry once more
     * @throws io.github.lambdacontainer.problem.Failure the first, if any cannot be read; nothing is downloaded any more
     */
    public Map<Digest, Path> fetchAll(Reference reference, Collection<Descriptor> blobs, Runnable begun) {
        Map<Digest, Descriptor> distinct = new LinkedHashMap<>();
        blobs.forEach(blob -> distinct.putIfAbsent(blob.digest(), blob));
        Map<Digest, Arrival> arrivals = new LinkedHashMap<>();
        List<Callable<Map.Entry<Digest, Path>>> tasks = new ArrayList<>();
        distinct.forEach((digest, blob) -> {
            Arrival arrival = new Arrival();
            arrivals.put(digest, arrival);
            tasks.add(() -> Map.entry(digest, bring(reference, blob, arrival)));
        });
        arriving.putAll(arrivals);
        begun.run();
        try {
            return new FewThreads("lambda-container-download", AT_ONCE)
                    .run(tasks).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw messages.interrupted(reference.registry(), Phase.BLOB);
        } finally {
            arrivals.forEach((digest, arrival) -> {
                arrival.end(false);
                arriving.remove(digest, arrival);
            });
        }
    }

    private Path bring(Reference reference, Descriptor blob, Arrival arrival) {
        Path path = cached(blob).orElseGet(() -> download(reference, blob, arrival));
        arrival.end(true);
        return path;
    }

    /** The bytes of a blob that is on its way into the cache, as they come; nothing if it is there, or not on its way. */
    Optional<InputStream> arriving(Descriptor blob) throws IOException {
        Arrival arrival = arriving.get(blob.digest());
        return arrival == null ? Optional.empty() : arrival.open();
    }

    /** The file of a blob, if the cache has it. */
    Optional<Path> cached(Descriptor blob) {
        return blobs.find(blob.digest(), blob.size());
    }

    /** The bytes of a blob as the registry sends them, not checked yet and not kept. */
    InputStream stream(Reference reference, Descriptor blob, Deadline deadline) {
        return new BlobBody(client, retries, TransferListener.SILENT, reference, blob, deadline);
    }

    private Path download(Reference reference, Descriptor blob, Arrival arrival) {
        if (connections.settings().offline()) {
            throw messages.offline(reference, "layer " + blob.digest());
        }
        TransferListener listener = connections.listener();
        listener.downloading(reference, blob);
        try (InputStream body = new BlobBody(client, retries, listener, reference, blob, connections.deadline())) {
            Path path = blobs.store(blob.digest(), blob.size(), body, arrival);
            listener.downloaded(reference, blob);
            return path;
        } catch (BlobMismatchException e) {
            throw mismatch(reference, blob, e.actual());
        } catch (IOException e) {
            throw brokenOff(reference, e);
        }
    }

    /** What to say of a blob that cannot be read on. */
    EnvironmentFailure brokenOff(Reference reference, IOException e) {
        return messages.gaveUp(reference.registry(), Phase.BLOB, 1, e);
    }

    /** What to say of a blob with other bytes: their digest, if it is not the size that is wrong. */
    EnvironmentFailure mismatch(Reference reference, Descriptor blob, Optional<Digest> actual) {
        String expected = blob.digest().toString();
        return actual.map(digest -> messages.wrongDigest(reference, "layer", expected, digest.toString()))
                .orElseGet(() -> messages.wrongSize(reference, "layer", expected, blob.size()));
    }
}
