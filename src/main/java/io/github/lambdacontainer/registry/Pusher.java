package io.github.lambdacontainer.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * Brings images into registries (OCI distribution specification, "Push").
 *
 * <p>What is there is not sent again, what another repository of the registry has is mounted, and the rest is streamed.
 * Tags move last, so that a push that ends early, however it ends, leaves no tag that names half an image.
 */
public final class Pusher {

    /** Questions are small; over HTTP/2 they share a connection. */
    private static final int QUESTIONS_AT_ONCE = 8;

    private final Connections connections;
    private final BlobBytes bytes;
    private final Connections.Side side;

    /**
     * A pusher that shares connections with those that read.
     *
     * @param registries reads the layers of a base that the target lacks
     * @param credentials asked in this order when a registry wants to know who pushes
     * @param advice knows what the refusals of some registries mean
     */
    public Pusher(
            Connections connections, Registries registries, List<CredentialSource> credentials, RefusalAdvice advice) {
        this.connections = connections;
        this.side = connections.side(Wording.PUSHING, credentials, advice);
        this.bytes = new BlobBytes(registries, new PushMessages(side.redactor()));
    }

    /** Reads what tags name before they are moved. */
    public CurrentImages current() {
        return new CurrentImages(connections, side);
    }

    /**
     * What may be begun of a push before its image is known; nothing is yet.
     *
     * @param target its repository
     * @param tags the tags that will name the image, at least one
     */
    public PushAhead ahead(Reference target, List<String> tags) {
        return new PushAhead(
                connections,
                new TargetTags(side.client(), target),
                tags.get(0),
                new BlobUploads(connections, side, bytes, target));
    }

    /**
     * Brings an image into its repository, as {@link #push(ImagePush, PushAhead)} does where nothing has begun.
     *
     * @throws MissingRepositoryException if the registry does not have the repository
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be pushed
     */
    public PushedImage push(ImagePush push) throws MissingRepositoryException {
        try (PushAhead nothing = ahead(push.target(), push.tags())) {
            return push(push, nothing);
        }
    }

    /**
     * Brings an image into its repository.
     *
     * @param ahead what has begun of this push
     * @throws MissingRepositoryException if the registry does not have the repository
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be pushed; no tag names anything then but what it
     *     named before, or the whole image
     */
    public PushedImage push(ImagePush push, PushAhead ahead) throws MissingRepositoryException {
        if (connections.settings().offline()) {
            throw new PushMessages(side.redactor()).offline(push.target());
        }
        try {
            return pushNow(push, ahead);
        } catch (NoRepository e) {
            throw new MissingRepositoryException(e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw side.messages().interrupted(push.target().registry(), Phase.UPLOAD);
        }
    }

    private PushedImage pushNow(ImagePush push, PushAhead ahead) throws InterruptedException {
        List<String> tags = push.tags().stream().distinct().toList();
        int blobs = BlobUploads.distinct(push.blobs()).size();
        List<String> moving = moving(push, tags, ahead);
        if (moving.isEmpty()) {
            return PushedImage.allPresent(true, blobs);
        }
        // A tag that names the manifest vouches for its blobs.
        PushedImage pushed = moving.size() < tags.size() ? PushedImage.allPresent(false, blobs) : ahead.finish(push);
        TargetManifests manifests = new TargetManifests(side, push, connections.deadline());
        manifests.put();
        moving.forEach(manifests::tag);
        check(manifests, tags);
        return pushed;
    }

    /** The tags that name something else, or nothing. The first is asked for alone: it finds out how to ask. */
    private List<String> moving(ImagePush push, List<String> tags, PushAhead ahead) throws InterruptedException {
        TargetManifests manifests = new TargetManifests(side, push, connections.deadline());
        boolean first = ahead.names(push.manifest().digest());
        List<Boolean> others = atOnce(tags.stream()
                .skip(1)
                .<Callable<Boolean>>map(tag -> () -> manifests.isNamedBy(tag))
                .toList());
        return IntStream.range(0, tags.size())
                .filter(i -> i == 0 ? !first : !others.get(i - 1))
                .mapToObj(tags::get)
                .toList();
    }

    private static void check(TargetManifests manifests, List<String> tags) throws InterruptedException {
        List<Callable<Boolean>> checks = new ArrayList<>();
        checks.add(() -> {
            manifests.checkDigest();
            return true;
        });
        tags.forEach(tag -> checks.add(() -> {
            manifests.checkTag(tag);
            return true;
        }));
        atOnce(checks);
    }

    private static <T> List<T> atOnce(List<Callable<T>> questions) throws InterruptedException {
        return new FewThreads("lambda-container-push", QUESTIONS_AT_ONCE).run(questions);
    }
}
