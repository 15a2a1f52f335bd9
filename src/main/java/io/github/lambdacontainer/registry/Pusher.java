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
     * Brings an image into its repository.
     *
     * @throws MissingRepositoryException if the registry does not have the repository
     * @throws io.github.lambdacontainer.problem.Failure if it cannot be pushed; no tag names anything then but what it
     *     named before, or the whole image
     */
    public PushedImage push(ImagePush push) throws MissingRepositoryException {
        if (connections.settings().offline()) {
            throw new PushMessages(side.redactor()).offline(push.target());
        }
        try {
            return pushNow(push);
        } catch (NoRepository e) {
            throw new MissingRepositoryException(e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw side.messages().interrupted(push.target().registry(), Phase.UPLOAD);
        }
    }

    private PushedImage pushNow(ImagePush push) throws InterruptedException {
        List<String> tags = push.tags().stream().distinct().toList();
        List<String> moving = moving(push, tags);
        if (moving.isEmpty()) {
            return new PushedImage(true, BlobUploads.distinct(push).size(), 0, 0, 0);
        }
        // A tag that names the manifest vouches for its blobs.
        PushedImage pushed = moving.size() < tags.size()
                ? new PushedImage(false, BlobUploads.distinct(push).size(), 0, 0, 0)
                : new BlobUploads(connections, side, bytes, push).run();
        TargetManifests manifests = new TargetManifests(side, push, connections.deadline());
        manifests.put();
        moving.forEach(manifests::tag);
        check(manifests, tags);
        return pushed;
    }

    /** The tags that name something else, or nothing. The first is asked for alone: it finds out how to ask. */
    private List<String> moving(ImagePush push, List<String> tags) throws InterruptedException {
        TargetManifests manifests = new TargetManifests(side, push, connections.deadline());
        boolean first = manifests.isNamedBy(tags.get(0));
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
