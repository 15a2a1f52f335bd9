package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.BlobMismatchException;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
    private final HttpSettings settings;
    private final TransferListener listener;
    private final Timing timing;
    private final Messages messages;
    private final Retries retries;
    private final RegistryClient client;
    private final Resolver resolver;

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
        this(blobs, facts, credentials, settings, listener, Timing.SYSTEM);
    }

    Registries(
            BlobCache blobs,
            FactCache facts,
            List<CredentialSource> credentials,
            HttpSettings settings,
            TransferListener listener,
            Timing timing) {
        Redactor redactor = new Redactor();
        this.blobs = blobs;
        this.settings = settings;
        this.listener = listener;
        this.timing = timing;
        this.messages = new Messages(redactor, settings);
        this.retries = new Retries(timing, listener, messages);
        Redirects redirects = new Redirects(new Http(settings), settings, messages);
        this.client = new RegistryClient(
                new Schemes(redirects, settings, listener),
                new TokenServer(redirects, retries, redactor, messages),
                new CredentialFinder(credentials, redactor, listener, messages),
                retries,
                messages);
        this.resolver = new Resolver(new Documents(client, blobs, facts, settings.offline(), messages), messages);
    }

    /**
     * Finds the image for Linux on this architecture.
     *
     * @throws io.github.lambdacontainer.problem.Failure if there is none, or it cannot be read
     */
    public ResolvedImage resolve(Reference reference, Architecture architecture) {
        return resolver.resolve(reference, architecture, deadline());
    }

    /**
     * The file of a blob of this image's repository, downloaded if the cache lacks it.
     *
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be read
     */
    public Path fetch(Reference reference, Descriptor blob) {
        return blobs.find(blob.digest(), blob.size()).orElseGet(() -> download(reference, blob));
    }

    /**
     * The files of these blobs of one repository; a few that the cache lacks are downloaded at once.
     *
     * @throws io.github.lambdacontainer.problem.Failure the first, if any cannot be read; nothing is downloaded any more
     */
    public Map<Digest, Path> fetchAll(Reference reference, Collection<Descriptor> blobs) {
        Map<Digest, Descriptor> distinct = new LinkedHashMap<>();
        blobs.forEach(blob -> distinct.putIfAbsent(blob.digest(), blob));
        List<Callable<Map.Entry<Digest, Path>>> tasks = new ArrayList<>();
        distinct.forEach((digest, blob) -> tasks.add(() -> Map.entry(digest, fetch(reference, blob))));
        try {
            return new FewThreads("lambda-container-download", AT_ONCE)
                    .run(tasks).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw messages.interrupted(reference.registry(), Phase.BLOB);
        }
    }

    private Path download(Reference reference, Descriptor blob) {
        if (settings.offline()) {
            throw messages.offline(reference, "layer " + blob.digest());
        }
        Deadline deadline = deadline();
        listener.downloading(reference, blob);
        try (InputStream body = new BlobBody(client, retries, listener, reference, blob, deadline)) {
            Path path = blobs.store(blob.digest(), blob.size(), body);
            listener.downloaded(reference, blob);
            return path;
        } catch (BlobMismatchException e) {
            throw mismatch(reference, blob, e);
        } catch (IOException e) {
            throw messages.gaveUp(reference.registry(), Phase.BLOB, 1, e);
        }
    }

    private RuntimeException mismatch(Reference reference, Descriptor blob, BlobMismatchException e) {
        String expected = blob.digest().toString();
        return e.actual()
                .<RuntimeException>map(actual -> messages.wrongDigest(reference, "layer", expected, actual.toString()))
                .orElseGet(() -> messages.wrongSize(reference, "layer", expected, blob.size()));
    }

    private Deadline deadline() {
        return Deadline.after(timing, settings.operation());
    }
}
