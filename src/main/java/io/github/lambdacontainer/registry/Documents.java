package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Manifests, indexes and configs, from the cache or else from the registry; each checked against its digest. */
final class Documents {

    private static final String TAGS = "tags";
    static final String MANIFEST_TYPES = String.join(
            ", ",
            ImageFormat.OCI.manifestType(),
            ImageFormat.DOCKER.manifestType(),
            ImageFormat.OCI.indexType(),
            ImageFormat.DOCKER.indexType());

    private final RegistryClient client;
    private final BlobCache blobs;
    private final FactCache facts;
    private final boolean offline;
    private final Messages messages;

    Documents(RegistryClient client, BlobCache blobs, FactCache facts, boolean offline, Messages messages) {
        this.client = client;
        this.blobs = blobs;
        this.facts = facts;
        this.offline = offline;
        this.messages = messages;
    }

    /** What the reference itself names: a manifest or an index. */
    Document top(Reference reference, Deadline deadline) {
        if (reference.digest().isPresent()) {
            return byDigest(reference, reference.digest().get(), OptionalLong.empty(), Kind.MANIFEST, deadline);
        }
        return offline ? remembered(reference, deadline) : tagged(reference, deadline);
    }

    /** What an index names. */
    Document manifest(Reference reference, Descriptor descriptor, Deadline deadline) {
        return byDigest(reference, descriptor, Kind.MANIFEST, deadline);
    }

    /** What a manifest names. */
    Document config(Reference reference, Descriptor descriptor, Deadline deadline) {
        return byDigest(reference, descriptor, Kind.CONFIG, deadline);
    }

    private Document remembered(Reference reference, Deadline deadline) {
        return facts.read(TAGS, tagKey(reference))
                .filter(text -> text.matches("sha256:[0-9a-f]{64}"))
                .map(Digest::parse)
                .map(digest -> byDigest(reference, digest, OptionalLong.empty(), Kind.MANIFEST, deadline))
                .orElseThrow(() -> messages.offline(reference, Kind.MANIFEST.name));
    }

    private Document tagged(Reference reference, Deadline deadline) {
        byte[] bytes = download(reference, reference.qualifier(), Kind.MANIFEST, deadline);
        Document document = parse(reference, bytes, Kind.MANIFEST);
        if (cached(document.raw().digest()).isEmpty()) {
            store(document.raw().digest(), bytes);
        }
        facts.write(TAGS, tagKey(reference), document.raw().digest().toString());
        return document;
    }

    private static String tagKey(Reference reference) {
        return Digest.of(reference.toString().getBytes(StandardCharsets.UTF_8)).hex();
    }

    private Document byDigest(Reference reference, Descriptor descriptor, Kind kind, Deadline deadline) {
        if (descriptor.size() > RawJson.MAX_SIZE) {
            throw messages.tooLarge(reference, kind.name);
        }
        return byDigest(reference, descriptor.digest(), OptionalLong.of(descriptor.size()), kind, deadline);
    }

    private Document byDigest(Reference reference, Digest digest, OptionalLong size, Kind kind, Deadline deadline) {
        Optional<byte[]> cached = cached(digest);
        if (cached.isEmpty() && offline) {
            throw messages.offline(reference, kind.name);
        }
        byte[] bytes = cached.orElseGet(() -> download(reference, digest.toString(), kind, deadline));
        check(reference, digest, size, kind, bytes);
        if (cached.isEmpty()) {
            store(digest, bytes);
        }
        return parse(reference, bytes, kind);
    }

    private void check(Reference reference, Digest digest, OptionalLong size, Kind kind, byte[] bytes) {
        Digest actual = Digest.of(bytes);
        if (!actual.equals(digest)) {
            throw messages.wrongDigest(reference, kind.name, digest.toString(), actual.toString());
        }
        if (size.isPresent() && size.getAsLong() != bytes.length) {
            throw messages.wrongSize(reference, kind.name, digest.toString(), size.getAsLong());
        }
    }

    private Optional<byte[]> cached(Digest digest) {
        return blobs.find(digest).flatMap(path -> {
            try {
                return Files.size(path) > RawJson.MAX_SIZE ? Optional.empty() : Optional.of(Files.readAllBytes(path));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    private void store(Digest digest, byte[] bytes) {
        try {
            blobs.store(digest, bytes.length, new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory cannot fail to be read", e);
        }
    }

    private byte[] download(Reference reference, String name, Kind kind, Deadline deadline) {
        RegistryCall call = RegistryCall.get(reference, kind.path + name, Map.of("Accept", kind.accept), kind.phase);
        return client.call(call, deadline, response -> read(reference, kind, response));
    }

    private byte[] read(Reference reference, Kind kind, Response response) throws IOException {
        byte[] bytes =
                ShortBody.read(response, RawJson.MAX_SIZE).orElseThrow(() -> messages.tooLarge(reference, kind.name));
        Optional<String> announced =
                response.headers().firstValue("Docker-Content-Digest").filter(value -> value.startsWith("sha256:"));
        String actual = Digest.of(bytes).toString();
        if (announced.isPresent() && !announced.get().equals(actual)) {
            throw messages.wrongDigest(reference, kind.name, announced.get(), actual);
        }
        return bytes;
    }

    private Document parse(Reference reference, byte[] bytes, Kind kind) {
        try {
            return Document.parse(bytes);
        } catch (MalformedException e) {
            throw messages.malformed(reference, kind.name, String.valueOf(e.getMessage()));
        }
    }

    private enum Kind {
        MANIFEST("manifest", "manifests/", MANIFEST_TYPES, Phase.MANIFEST),
        CONFIG("config", "blobs/", "*/*", Phase.CONFIG);

        private final String name;
        private final String path;
        private final String accept;
        private final Phase phase;

        Kind(String name, String path, String accept, Phase phase) {
            this.name = name;
            this.path = path;
            this.accept = accept;
            this.phase = phase;
        }
    }
}
