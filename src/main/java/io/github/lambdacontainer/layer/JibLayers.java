package io.github.lambdacontainer.layer;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Has Jib make layers: one image of nothing but them, written as an archive, from which they are taken. Jib's own caches
 * go by path and time, so each call has caches of its own, which end with it.
 */
final class JibLayers {

    private JibLayers() {}

    static List<BuiltLayer> make(List<Fingerprint> wanted, Instant time, BlobCache blobs, LayerStore store) {
        Path work = blobs.newTemporaryDirectory("layers");
        try {
            List<FileEntriesLayer> layers = new Staging(work, time).stage(wanted);
            Path archive = work.resolve("layers.tar");
            JibContainer made = containerize(layers, archive, work);
            return new LayerArchive(
                            archive,
                            new Digest(made.getDigest().getHash()),
                            new Digest(made.getImageId().getHash()))
                    .take(wanted, store);
        } catch (IOException e) {
            throw failed(wanted, work, DiskReason.of(e), e);
        } catch (ExecutionException | CacheDirectoryCreationException | RegistryException e) {
            throw failed(wanted, work, rootMessage(e), e);
        } catch (InvalidImageReferenceException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fingerprints.interrupted();
        } finally {
            clear(work);
        }
    }

    private static void clear(Path work) {
        try {
            Trees.delete(work);
        } catch (IOException e) {
            // The cache clears what is left of its scratch files a day later.
            return;
        }
    }

    private static JibContainer containerize(List<FileEntriesLayer> layers, Path archive, Path work)
            throws IOException, ExecutionException, CacheDirectoryCreationException, RegistryException,
                    InvalidImageReferenceException, InterruptedException {
        // Jib waits inside its tasks for other tasks: a pool with a bound would come to a halt.
        ExecutorService executor = Executors.newCachedThreadPool();
        try {
            return Jib.fromScratch()
                    .setFormat(ImageFormat.OCI)
                    .setFileEntriesLayers(layers)
                    .containerize(Containerizer.to(TarImage.at(archive).named("layers"))
                            .setBaseImageLayersCache(work.resolve("jib-base"))
                            .setApplicationLayersCache(work.resolve("jib-application"))
                            .setOfflineMode(true)
                            .setExecutorService(executor));
        } finally {
            executor.shutdownNow();
        }
    }

    private static EnvironmentFailure failed(List<Fingerprint> wanted, Path work, String reason, Exception cause) {
        String names =
                String.join(", ", wanted.stream().map(one -> one.plan().name()).toList());
        return new EnvironmentFailure(
                Problem.of(
                        "The layers (" + names + ") could not be written below '" + work.getParent() + "': " + reason
                                + ".",
                        "cacheDirectory",
                        "Free some space there, make the directory writable, or name another one."),
                cause);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof IOException e ? DiskReason.of(e) : String.valueOf(root.getMessage());
    }
}
