package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads what the tags of a target name now, with the credentials of the push, for what a build can reuse of it.
 *
 * <p>A help, never a need: what cannot be read soon and at the first attempt counts as absent, and nothing more is asked
 * of that registry.
 */
public final class CurrentImages {

    /** How long it may take to look at one image. */
    static final Duration LOOKUP = Duration.ofSeconds(10);

    private static final Duration DOWNLOAD = Duration.ofSeconds(30);

    private final Connections connections;
    private final Connections.Side side;
    private final Duration lookup;
    private final Map<Reference, Optional<CurrentImage>> known = new ConcurrentHashMap<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    CurrentImages(Connections connections, Connections.Side side) {
        this(connections, side, LOOKUP);
    }

    CurrentImages(Connections connections, Connections.Side side, Duration lookup) {
        this.connections = connections;
        this.side = connections.looking(side);
        this.lookup = lookup;
    }

    /** The image that this tag names, if it is one image; asked for once. */
    public Optional<CurrentImage> find(Reference tagged) {
        if (connections.settings().offline() || isNobodys(tagged) || failed.contains(tagged.registry())) {
            return known.getOrDefault(tagged, Optional.empty());
        }
        return known.computeIfAbsent(tagged, this::ask);
    }

    /** A plain name such as {@code hello:1} is that of an image on this machine: only Docker pushes there. */
    private static boolean isNobodys(Reference tagged) {
        return RegistryHost.isDockerHub(tagged.registry())
                && tagged.repository().startsWith("library/");
    }

    private Optional<CurrentImage> ask(Reference tagged) {
        try {
            return read(tagged, connections.deadline(lookup));
        } catch (NoRepository e) {
            return Optional.empty();
        } catch (Failure e) {
            return failed(tagged, e.problems().get(0).what());
        } catch (IOException e) {
            return failed(
                    tagged,
                    side.messages()
                            .gaveUp(tagged.registry(), Phase.TAG, 1, e)
                            .problems()
                            .get(0)
                            .what());
        } catch (MalformedException e) {
            return failed(tagged, "What it names is malformed: " + e.getMessage() + ".");
        }
    }

    private Optional<CurrentImage> failed(Reference tagged, String reason) {
        failed.add(tagged.registry());
        connections.listener().nothingReused(tagged, reason);
        return Optional.empty();
    }

    private Optional<CurrentImage> read(Reference tagged, Deadline deadline) throws IOException, MalformedException {
        RegistryCall call = RegistryCall.push("GET", tagged, "manifests/" + tagged.qualifier(), Phase.TAG)
                .with("Accept", Documents.MANIFEST_TYPES)
                .answeredBy(404);
        Response response = side.client().once(call, deadline);
        if (response.statusCode() == 404) {
            RegistryClient.withoutBody(response);
            return Optional.empty();
        }
        Document manifest = Document.parse(content(response));
        if (ImageFormat.ofManifestType(manifest.mediaType()).isEmpty() || manifest.isSchema1()) {
            return Optional.empty();
        }
        return Optional.of(CurrentImage.of(tagged, manifest, config(tagged, manifest.config(), deadline)));
    }

    private Document config(Reference tagged, Descriptor descriptor, Deadline deadline)
            throws IOException, MalformedException {
        RegistryCall call = RegistryCall.push("GET", tagged, "blobs/" + descriptor.digest(), Phase.CONFIG);
        Document config = Document.parse(content(side.client().once(call, deadline)));
        Digest actual = config.raw().digest();
        if (!actual.equals(descriptor.digest())) {
            throw new MalformedException(
                    "the digest of its config must be " + descriptor.digest() + ", it is " + actual);
        }
        return config;
    }

    private static byte[] content(Response response) throws IOException, MalformedException {
        return ShortBody.read(response, RawJson.MAX_SIZE)
                .orElseThrow(() -> new MalformedException("it is larger than 4 MiB"));
    }

    /**
     * The bytes of one of an image's layers, verified as they are read to their end. They are asked for once, too, and
     * may take 30 s and one more for each MiB.
     *
     * @throws Failure also while they are read, if they cannot be, or are not those of the layer
     */
    public InputStream open(CurrentImage image, Descriptor layer) {
        Reference reference = image.reference();
        Deadline deadline = connections.deadline(DOWNLOAD.plusSeconds(layer.size() >> 20));
        RegistryCall call = RegistryCall.push("GET", reference, "blobs/" + layer.digest(), Phase.BLOB);
        Complaints complaints = new Complaints(reference, layer);
        try {
            return new VerifiedStream(side.client().once(call, deadline).body(), layer, complaints);
        } catch (NoRepository e) {
            throw new EnvironmentFailure(e.problem());
        } catch (IOException e) {
            throw complaints.unreadable(e);
        }
    }

    private final class Complaints implements VerifiedStream.Complaints {

        private final Reference reference;
        private final Descriptor layer;

        Complaints(Reference reference, Descriptor layer) {
            this.reference = reference;
            this.layer = layer;
        }

        @Override
        public Failure mismatch(Optional<Digest> actual) {
            String expected = layer.digest().toString();
            return actual.map(digest -> side.messages().wrongDigest(reference, "layer", expected, digest.toString()))
                    .orElseGet(() -> side.messages().wrongSize(reference, "layer", expected, layer.size()));
        }

        @Override
        public Failure unreadable(IOException e) {
            return side.messages().gaveUp(reference.registry(), Phase.BLOB, 1, e);
        }
    }
}
