package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Digest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The blobs of one push: asked for, mounted or sent, a few at once, each once. */
final class BlobUploads {

    /** Questions are small; over HTTP/2 they share a connection. */
    private static final FewThreads QUESTIONS = new FewThreads("lambda-container-lookup", 8);

    /** As with downloads: more make an upload no faster. */
    private static final FewThreads UPLOADS = new FewThreads("lambda-container-upload", 3);

    private final Connections connections;
    private final Connections.Side side;
    private final BlobBytes bytes;
    private final ImagePush push;
    private final Mounts mounts;

    BlobUploads(Connections connections, Connections.Side side, BlobBytes bytes, ImagePush push) {
        this.connections = connections;
        this.side = side;
        this.bytes = bytes;
        this.push = push;
        this.mounts = new Mounts(side, push);
    }

    static Collection<PushedBlob> distinct(ImagePush push) {
        Map<Digest, PushedBlob> distinct = new LinkedHashMap<>();
        push.blobs().forEach(blob -> distinct.putIfAbsent(blob.descriptor().digest(), blob));
        return distinct.values();
    }

    /** Brings what the target lacks. */
    PushedImage run() throws InterruptedException {
        List<PushedBlob> all = List.copyOf(distinct(push));
        List<Boolean> present = atOnce(QUESTIONS, all, this::isPresent);
        List<PushedBlob> missing = IntStream.range(0, all.size())
                .filter(i -> !present.get(i))
                .mapToObj(all::get)
                .toList();
        List<PushedBlob> sent = atOnce(UPLOADS, missing, this::bring).stream()
                .flatMap(Optional::stream)
                .toList();
        long size = sent.stream().mapToLong(blob -> blob.descriptor().size()).sum();
        return new PushedImage(false, all.size() - missing.size(), missing.size() - sent.size(), sent.size(), size);
    }

    private boolean isPresent(PushedBlob blob) {
        RegistryCall head = RegistryCall.push(
                        "HEAD", push.target(), "blobs/" + blob.descriptor().digest(), Phase.LOOKUP)
                .answeredBy(404);
        boolean present = side.client().call(head, connections.deadline()).statusCode() != 404;
        if (present) {
            connections.listener().present(push.target(), blob.descriptor());
        }
        return present;
    }

    /** The blob, if it was sent and not mounted. */
    private Optional<PushedBlob> bring(PushedBlob blob) {
        Deadline deadline = connections.deadline();
        Mounts.Result result = mounts.mount(blob, deadline);
        if (result.from().isPresent()) {
            connections
                    .listener()
                    .mounted(push.target(), blob.descriptor(), result.from().get());
            return Optional.empty();
        }
        new BlobUpload(connections, side, bytes, push.target(), blob, deadline, result.opened()).run();
        return Optional.of(blob);
    }

    private static <T> List<T> atOnce(FewThreads threads, List<PushedBlob> blobs, Function<PushedBlob, T> what)
            throws InterruptedException {
        return threads.run(
                blobs.stream().<Callable<T>>map(blob -> () -> what.apply(blob)).toList());
    }
}
