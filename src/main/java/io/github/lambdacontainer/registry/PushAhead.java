package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of a push needs no image: the question what its first tag names, and, where that is nothing so that there will be
 * something to push, blobs that the image will most likely have.
 *
 * <p>Until the push itself takes them, answers count for nothing, and neither do failures; then both are the push's own,
 * as if it had asked only then. A blob that no manifest comes to name is one which a registry's garbage collection
 * removes.
 */
public final class PushAhead implements AutoCloseable {

    /** Within a shorter time nobody could tell who was first. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Connections connections;
    private final TargetTags tags;
    private final String tag;
    private final BlobUploads uploads;
    private final ExecutorService threads = Executors.newCachedThreadPool(PushAhead::thread);
    private final List<Begun> begun = new ArrayList<>();
    private @Nullable Future<Optional<Digest>> named;
    private @Nullable Deadline fresh;

    /** With what brings the blobs of all parts of the push. */
    PushAhead(Connections connections, TargetTags tags, String tag, BlobUploads uploads) {
        this.connections = connections;
        this.tags = tags;
        this.tag = tag;
        this.uploads = uploads;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "lambda-container-push-ahead");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to ask what the first tag names, unless that has begun. */
    public synchronized void ask() {
        if (named == null && !connections.settings().offline()) {
            fresh = connections.deadline(FRESH);
            named = threads.submit(() -> tags.named(tag, connections.deadline()));
        }
    }

    private synchronized Future<Optional<Digest>> asked() {
        ask();
        if (named == null) {
            throw new IllegalStateException("Nobody asks offline");
        }
        return named;
    }

    /**
     * Begins to bring blobs.
     *
     * @param blobs what the image will most likely have
     * @param mountFrom repositories of the same registry that may have some of them
     * @param sendable completes when their bytes may be read, never with a failure
     */
    public synchronized void bring(List<PushedBlob> blobs, List<String> mountFrom, CompletableFuture<?> sendable) {
        if (connections.settings().offline() || blobs.isEmpty()) {
            return;
        }
        Future<Optional<Digest>> answer = asked();
        begun.add(new Begun(
                blobs,
                threads.submit(() -> FewThreads.result(answer).isPresent()
                        ? PushedImage.allPresent(false, 0)
                        : uploads.run(blobs, mountFrom, sendable))));
    }

    /** What the tag named when it was asked for. */
    Optional<Digest> named() throws InterruptedException {
        return FewThreads.result(asked());
    }

    /**
     * Whether the tag names this image. Where the answer is from long before the image was made, it is asked for again:
     * another build may have moved the tag since.
     */
    boolean names(Digest image) throws InterruptedException {
        return named().filter(image::equals).isPresent()
                && (isFresh()
                        || tags.named(tag, connections.deadline())
                                .filter(image::equals)
                                .isPresent());
    }

    private synchronized boolean isFresh() {
        return fresh != null && !fresh.remaining().isZero();
    }

    /** Brings what the target lacks of this push, and waits for what has begun of it. */
    PushedImage finish(ImagePush push) throws InterruptedException {
        List<Begun> taken = taken(push);
        Set<Digest> moving =
                taken.stream().flatMap(one -> digests(one.blobs).stream()).collect(Collectors.toSet());
        PushedImage whole = uploads.run(
                push.blobs().stream()
                        .filter(blob -> !moving.contains(blob.descriptor().digest()))
                        .toList(),
                push.mountFrom());
        for (Begun one : taken) {
            whole = whole.and(result(one, push));
        }
        return whole;
    }

    /** A repository that was missing may have been created since, by another build or for another architecture. */
    private PushedImage result(Begun one, ImagePush push) throws InterruptedException {
        try {
            return FewThreads.result(one.result);
        } catch (NoRepository e) {
            return uploads.run(one.blobs, push.mountFrom());
        }
    }

    /** What was begun and is of this push: nothing where the tag names something, and no guess that was wrong. */
    private synchronized List<Begun> taken(ImagePush push) throws InterruptedException {
        if (named().isPresent()) {
            return List.of();
        }
        Set<Digest> wanted = digests(push.blobs());
        List<Begun> taken = new ArrayList<>();
        for (Begun one : begun) {
            // What two guesses share counts once.
            Set<Digest> guessed = digests(one.blobs);
            if (wanted.containsAll(guessed)) {
                wanted.removeAll(guessed);
                taken.add(one);
            }
        }
        return taken;
    }

    private static Set<Digest> digests(List<PushedBlob> blobs) {
        return blobs.stream().map(blob -> blob.descriptor().digest()).collect(Collectors.toCollection(HashSet::new));
    }

    /** Stops what the push did not take, and waits until nothing is under way. */
    @Override
    public void close() {
        FewThreads.end(threads);
    }

    /**
     * Blobs that are on their way.
     *
     * @param blobs the blobs
     * @param result what came of it
     */
    private record Begun(List<PushedBlob> blobs, Future<PushedImage> result) {}
}
