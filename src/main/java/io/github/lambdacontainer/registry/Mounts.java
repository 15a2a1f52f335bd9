package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.problem.Failure;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes blobs from other repositories of the target's registry (OCI distribution specification, "Mounting a blob from
 * another repository").
 *
 * <p>An offer that costs little: what cannot be mounted is uploaded, and then whatever is wrong is said. A registry that
 * opens an upload instead, as where mounting is switched off, is not asked for every blob; of the uploads that it opened
 * for one blob one is used, and it forgets the others. Every repository is tried for one blob alone first, so that of
 * many parts of a push one finds out for all what it gives.
 */
final class Mounts {

    /** A repository may lack one blob and have the next; one that lacks two has little in common. */
    private static final int OPENED_BEFORE_REFUSED = 2;

    private final Connections.Side side;
    private final Reference target;
    private final Set<String> refused = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> openedInARow = new ConcurrentHashMap<>();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Map<String, ReentrantLock> firsts = new ConcurrentHashMap<>();

    Mounts(Connections.Side side, Reference target) {
        this.side = side;
        this.target = target;
    }

    /**
     * Whether the blob was mounted, and else the upload that the registry opened instead, if it did.
     *
     * @param mountFrom the repositories that may have it
     */
    Result mount(PushedBlob blob, List<String> mountFrom, Deadline deadline) {
        Result last = Result.NONE;
        for (String repository : repositories(blob, mountFrom)) {
            Result result = refused.contains(repository) ? last : inTurn(blob.descriptor(), repository, deadline);
            if (result.from.isPresent()) {
                return result;
            }
            last = result.opened.isPresent() ? result : last;
        }
        return last;
    }

    /** Only layers: no other repository has this image's config. */
    private Set<String> repositories(PushedBlob blob, List<String> mountFrom) {
        Set<String> repositories = new LinkedHashSet<>();
        if (blob.source() instanceof BlobSource.InRegistry base
                && base.reference().registry().equals(target.registry())) {
            repositories.add(base.reference().repository());
        }
        if (!(blob.source() instanceof BlobSource.InMemory)) {
            repositories.addAll(mountFrom);
        }
        repositories.remove(target.repository());
        return repositories;
    }

    private Result inTurn(Descriptor blob, String repository, Deadline deadline) {
        if (tried.contains(repository)) {
            return mount(blob, repository, deadline);
        }
        ReentrantLock first = firsts.computeIfAbsent(repository, name -> new ReentrantLock());
        try {
            first.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw side.messages().interrupted(target.registry(), Phase.MOUNT);
        }
        try {
            return refused.contains(repository) ? Result.NONE : mount(blob, repository, deadline);
        } finally {
            tried.add(repository);
            first.unlock();
        }
    }

    private Result mount(Descriptor blob, String repository, Deadline deadline) {
        String query = "?mount=" + encode(blob.digest().toString()) + "&from=" + encode(repository);
        RegistryCall call = RegistryCall.push("POST", target, "blobs/uploads/" + query, Phase.MOUNT)
                .reading(repository)
                // A denial is none yet: the registry may not have been told who asks.
                .answeredBy(400, 404, 405);
        try {
            Response response = ask(call, deadline);
            if (response.statusCode() == 201) {
                openedInARow.remove(repository);
                return new Result(Optional.of(repository), Optional.empty());
            }
            if (response.statusCode() / 100 == 2) {
                if (openedInARow.merge(repository, 1, Integer::sum) >= OPENED_BEFORE_REFUSED) {
                    refused.add(repository);
                }
                return new Result(Optional.empty(), UploadAddress.of(response, target.registry(), side.redirects()));
            }
        } catch (IOException e) {
            // Worth no waiting.
            if (Thread.currentThread().isInterrupted()) {
                throw side.messages().interrupted(target.registry(), Phase.MOUNT);
            }
        } catch (Failure e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
        refused.add(repository);
        return Result.NONE;
    }

    /** Once more if the connection breaks, as one may that was idle: all of a base is worth that. */
    private Response ask(RegistryCall call, Deadline deadline) throws IOException {
        try {
            return RegistryClient.withoutBody(side.client().once(call, deadline));
        } catch (TemporaryException | SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return RegistryClient.withoutBody(side.client().once(call, deadline));
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /**
     * What became of a blob.
     *
     * @param from the repository it was mounted from, if it was
     * @param opened an upload that the registry opened instead
     */
    record Result(Optional<String> from, Optional<UploadAddress> opened) {

        private static final Result NONE = new Result(Optional.empty(), Optional.empty());
    }
}
