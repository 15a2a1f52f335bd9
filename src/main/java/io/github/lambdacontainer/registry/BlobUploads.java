package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Brings blobs to the target of a push: asked for, mounted or sent, a few at once, each once. All parts of a push share
 * one of these, and with it the places for uploads and what was learnt of mounting.
 */
final class BlobUploads {

    /** Questions are small; over HTTP/2 they share a connection. */
    private static final FewThreads QUESTIONS = new FewThreads("lambda-container-lookup", 8);

    private static final FewThreads UPLOADS = new FewThreads("lambda-container-upload", UploadTurns.AT_ONCE);

    private final Connections connections;
    private final Connections.Side side;
    private final BlobBytes bytes;
    private final Reference target;
    private volatile Mounts mounts;
    private final UploadTurns turns = new UploadTurns();

    BlobUploads(Connections connections, Connections.Side side, BlobBytes bytes, Reference target) {
        this.connections = connections;
        this.side = side;
        this.bytes = bytes;
        this.target = target;
        this.mounts = new Mounts(side, target);
    }

    static Collection<PushedBlob> distinct(List<PushedBlob> blobs) {
        Map<Digest, PushedBlob> distinct = new LinkedHashMap<>();
        blobs.forEach(blob -> distinct.putIfAbsent(blob.descriptor().digest(), blob));
        return distinct.values();
    }

    /** Brings those of the blobs that the target lacks, some of which these repositories may have. */
    PushedImage run(List<PushedBlob> blobs, List<String> mountFrom) throws InterruptedException {
        return run(blobs, mountFrom, CompletableFuture.completedFuture(true));
    }

    /**
     * Brings those of the blobs that the target lacks.
     *
     * @param mountFrom repositories that may have some of the blobs
     * @param sendable completes, never with a failure, when their bytes may be read
     */
    PushedImage run(List<PushedBlob> blobs, List<String> mountFrom, CompletableFuture<?> sendable)
            throws InterruptedException {
        List<PushedBlob> all = List.copyOf(distinct(blobs));
        List<Boolean> present = atOnce(QUESTIONS, all, this::isPresent);
        List<PushedBlob> missing = IntStream.range(0, all.size())
                .filter(i -> !present.get(i))
                .mapToObj(all::get)
                .toList();
        List<Unsent> unsent = unsent(missing, mountFrom);
        if (!unsent.isEmpty()) {
            await(sendable);
        }
        send(unsent);
        long size =
                unsent.stream().mapToLong(each -> each.blob.descriptor().size()).sum();
        return new PushedImage(false, all.size() - missing.size(), missing.size() - unsent.size(), unsent.size(), size);
    }

    /** What cannot be mounted. The first is tried alone: if that is refused, the others are not tried. */
    private List<Unsent> unsent(List<PushedBlob> missing, List<String> mountFrom) throws InterruptedException {
        Function<PushedBlob, Optional<Unsent>> mount = blob -> mount(blob, mountFrom);
        List<Optional<Unsent>> tried = new ArrayList<>();
        tried.addAll(missing.stream().limit(1).map(mount).toList());
        tried.addAll(atOnce(QUESTIONS, missing.stream().skip(1).toList(), mount));
        return tried.stream().flatMap(Optional::stream).toList();
    }

    private boolean isPresent(PushedBlob blob) {
        RegistryCall head = RegistryCall.push(
                        "HEAD", target, "blobs/" + blob.descriptor().digest(), Phase.LOOKUP)
                .answeredBy(404);
        boolean present = side.client().call(head, connections.deadline()).statusCode() != 404;
        if (present) {
            connections.listener().present(target, blob.descriptor());
        }
        return present;
    }

    private Optional<Unsent> mount(PushedBlob blob, List<String> mountFrom) {
        Mounts.Result result = mounts.mount(blob, mountFrom, connections.deadline());
        result.from().ifPresent(from -> connections.listener().mounted(target, blob.descriptor(), from));
        return result.from().isPresent() ? Optional.empty() : Optional.of(new Unsent(blob, result.opened()));
    }

    private void send(List<Unsent> unsent) throws InterruptedException {
        try {
            atOnce(UPLOADS, unsent, this::send);
        } catch (NoRepository e) {
            // A repository that is not there yet takes nothing from any other, and once it is created it may.
            mounts = new Mounts(side, target);
            throw e;
        }
    }

    private boolean send(Unsent unsent) {
        try {
            turns.take(unsent.blob.descriptor().digest(), () -> sendNow(unsent));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw side.messages().interrupted(target.registry(), Phase.UPLOAD);
        }
    }

    private void sendNow(Unsent unsent) {
        Deadline deadline = connections.deadline(unsent.blob.descriptor().size());
        new BlobUpload(connections, side, bytes, target, unsent.blob, deadline, unsent.opened).run();
    }

    private static void await(CompletableFuture<?> sendable) throws InterruptedException {
        try {
            sendable.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <S, T> List<T> atOnce(FewThreads threads, List<S> tasks, Function<S, T> what)
            throws InterruptedException {
        return threads.run(
                tasks.stream().<Callable<T>>map(task -> () -> what.apply(task)).toList());
    }

    /**
     * A blob that has to be sent.
     *
     * @param blob the blob
     * @param opened an upload that is open for it already
     */
    private record Unsent(PushedBlob blob, Optional<UploadAddress> opened) {}
}
