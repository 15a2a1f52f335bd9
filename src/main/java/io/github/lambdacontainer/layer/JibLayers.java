package io.github.lambdacontainer.layer;

import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.common.collect.ImmutableList;
import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Has Jib make layers, as it makes those of its own images. Only its way through {@code Jib.fromScratch()} is public, but
 * that sets up all of a build and writes each layer three times, so its layer builder is asked directly; the tests hold
 * the bytes it makes.
 */
final class JibLayers {

    private static final int MAX_THREADS = 4;

    private JibLayers() {}

    static List<BuiltLayer> make(List<Fingerprint> wanted, Instant time, BlobCache blobs, LayerStore store) {
        Path work = blobs.newTemporaryDirectory("layers");
        try {
            Staging staging = new Staging(work, time);
            List<Callable<BuiltLayer>> tasks = new ArrayList<>();
            for (Fingerprint one : wanted) {
                List<FileEntry> entries = staging.stage(one.plan());
                TarWriter tar = SpecialModes.of(one.plan(), of(entries), staging.scratch());
                tasks.add(() -> new LayerWriter(one, tar).write(blobs, store));
            }
            return run(tasks);
        } catch (IOException e) {
            throw failed(wanted, work, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fingerprints.interrupted();
        } finally {
            clear(work);
        }
    }

    private static TarWriter of(List<FileEntry> entries) {
        return out -> new ReproducibleLayerBuilder(ImmutableList.copyOf(entries))
                .build()
                .writeTo(out);
    }

    private static List<BuiltLayer> run(List<Callable<BuiltLayer>> tasks) throws IOException, InterruptedException {
        int threads = Math.min(
                tasks.size(), Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors()));
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<BuiltLayer> made = new ArrayList<>();
            for (Future<BuiltLayer> task : executor.invokeAll(tasks)) {
                made.add(task.get());
            }
            return made;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
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

    private static EnvironmentFailure failed(List<Fingerprint> wanted, Path work, IOException cause) {
        String names =
                String.join(", ", wanted.stream().map(one -> one.plan().name()).toList());
        return new EnvironmentFailure(
                Problem.of(
                        "The layers (" + names + ") could not be written below '" + work.getParent() + "': "
                                + DiskReason.of(cause)
                                + ".",
                        "cacheDirectory",
                        "Free some space there, make the directory writable, or name another one."),
                cause);
    }
}
