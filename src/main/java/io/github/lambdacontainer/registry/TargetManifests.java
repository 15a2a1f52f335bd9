package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** The manifest of one push: whether a tag names it, putting it, and whether it is there as it was put. */
final class TargetManifests {

    private static final String DIGEST = "Docker-Content-Digest";
    private static final String ACCEPT = "Accept";

    private final RegistryClient client;
    private final TargetTags tags;
    private final Redactor redactor;
    private final PushMessages messages;
    private final ImagePush push;
    private final Reference target;
    private final Digest digest;
    private final Deadline deadline;

    TargetManifests(Connections.Side side, ImagePush push, Deadline deadline) {
        this.client = side.client();
        this.tags = new TargetTags(client, push.target());
        this.redactor = side.redactor();
        this.messages = new PushMessages(redactor);
        this.push = push;
        this.target = push.target();
        this.digest = push.manifest().digest();
        this.deadline = deadline;
    }

    /** Whether a tag names the image that is pushed. */
    boolean isNamedBy(String tag) {
        return tags.named(tag, deadline).filter(digest::equals).isPresent();
    }

    /** Puts the manifest under its digest, which moves no tag. */
    void put() {
        client.call(put(digest.toString()), deadline, response -> {
            checkStored(RegistryClient.withoutBody(response));
            return true;
        });
    }

    /** Has a tag name the image. */
    void tag(String tag) {
        RegistryCall call = put(tag).answeredBy(400, 405, 409, 412);
        client.call(call, deadline, response -> {
            if (response.statusCode() / 100 == 2) {
                checkStored(RegistryClient.withoutBody(response));
            } else {
                refuse(call, tag, response.statusCode(), RegistryWords.of(response));
            }
            return true;
        });
    }

    private RegistryCall put(String name) {
        return RegistryCall.push("PUT", target, "manifests/" + name, Phase.PUBLISH)
                .sending(RequestBody.of(push.manifest().bytes()), push.format().manifestType());
    }

    private void checkStored(Response response) {
        Optional<String> stored = response.headers()
                .firstValue(DIGEST)
                .filter(value -> value.startsWith("sha256:") && !value.equals(digest.toString()));
        if (stored.isPresent()) {
            throw messages.storedOther(target, "manifest", digest, stored.get());
        }
    }

    /** A tag that cannot be moved is no obstacle if it names the image: another build was faster. */
    private void refuse(RegistryCall call, String tag, int status, RegistryWords words) {
        Optional<Digest> existing = tags.named(tag, deadline);
        if (existing.filter(digest::equals).isPresent()) {
            return;
        }
        if (existing.isPresent() && isImmutable(status, words)) {
            throw messages.immutable(target.tagged(tag), digest, existing.get(), status, words.text(redactor));
        }
        throw client.refusal(call, status, words);
    }

    private static boolean isImmutable(int status, RegistryWords words) {
        String text = (words.code() + " " + words.message()).toLowerCase(Locale.ROOT);
        return status == 409
                || status == 412
                || words.code().equals("TAG_INVALID")
                || text.contains("immutable")
                || text.contains("alreadyexists");
    }

    /** Fails unless the registry has the manifest under its digest byte for byte. */
    void checkDigest() {
        Digest found = Digest.of(readBack(digest.toString()));
        if (!found.equals(digest)) {
            throw messages.storedOther(target, "manifest", digest, found.toString());
        }
    }

    /** Fails unless a tag names the manifest byte for byte. */
    void checkTag(String tag) {
        client.call(reading(tag), deadline, response -> {
            Digest found = Digest.of(content(response));
            if (!found.equals(digest)) {
                throw new TemporaryException(
                        target.registry(),
                        response.statusCode(),
                        " with another manifest",
                        Optional.empty(),
                        Optional.of(messages.tagMoved(target.tagged(tag), digest, found)));
            }
            return true;
        });
    }

    private byte[] readBack(String name) {
        return client.call(reading(name), deadline, TargetManifests::content);
    }

    /** What was just put may take a moment to be found everywhere. */
    private RegistryCall reading(String name) {
        return RegistryCall.push("GET", target, "manifests/" + name, Phase.READ_BACK)
                .with(ACCEPT, Documents.MANIFEST_TYPES)
                .mayPass(404);
    }

    /** One byte more than a manifest may have makes another digest. */
    static byte[] content(Response response) throws IOException {
        try (InputStream body = response.body()) {
            return body.readNBytes(RawJson.MAX_SIZE + 1);
        }
    }
}
