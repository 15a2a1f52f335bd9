package io.github.lambdacontainer.ecr;

import io.github.lambdacontainer.image.Digest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A repository of {@link FakeEcr}, with what was asked for when it was created. */
public final class FakeRepository {

    final String name;
    final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    final Map<String, Manifest> manifests = new ConcurrentHashMap<>();
    final Map<String, String> tags = new ConcurrentSkipListMap<>();
    final Set<String> uploads = ConcurrentHashMap.newKeySet();
    volatile String mutability = "MUTABLE";
    volatile boolean scanOnPush;
    volatile Optional<String> kmsKey = Optional.empty();
    volatile Map<String, String> resourceTags = Map.of();
    volatile Optional<String> policy = Optional.empty();

    FakeRepository(String name) {
        this.name = name;
    }

    record Manifest(String type, byte[] content) {}

    /** Lets no tag be moved. */
    public FakeRepository immutable() {
        mutability = "IMMUTABLE";
        return this;
    }

    /** Puts a blob. */
    public Digest blob(byte[] content) {
        Digest digest = Digest.of(content);
        blobs.put(digest.toString(), content);
        return digest;
    }

    /** Puts a manifest under its digest and these tags. */
    public Digest manifest(String type, byte[] content, String... named) {
        Digest digest = Digest.of(content);
        manifests.put(digest.toString(), new Manifest(type, content));
        for (String tag : named) {
            tags.put(tag, digest.toString());
        }
        return digest;
    }

    /** The digests that the tags name. */
    public Map<String, String> tags() {
        return Map.copyOf(tags);
    }

    /** The digests of the blobs it has. */
    public Set<String> blobs() {
        return Set.copyOf(blobs.keySet());
    }

    /** The policy that was set. */
    public Optional<String> policy() {
        return policy;
    }

    /** {@code MUTABLE}, {@code IMMUTABLE} or another of ECR's values. */
    public String imageTagMutability() {
        return mutability;
    }

    /** Whether images are scanned when they are pushed. */
    public boolean scanOnPush() {
        return scanOnPush;
    }

    /** The key it is encrypted with, if not ECR's own. */
    public Optional<String> kmsKey() {
        return kmsKey;
    }

    /** Its resource tags. */
    public Map<String, String> resourceTags() {
        return resourceTags;
    }
}
