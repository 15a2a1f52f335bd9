package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.FileDigests;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Reads the content of every planned file once, several at a time.
 *
 * @param files the digests of files on this machine
 */
record Fingerprints(FileDigests files) {

    private static final int MAX_THREADS = 4;

    /** The fingerprints of these plans. */
    List<Fingerprint> of(List<LayerPlan> plans, Instant time) {
        int threads = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            // By the very content: hashing records takes long when it is done for the first time.
            IdentityHashMap<Content, Future<Digest>> digests = new IdentityHashMap<>();
            for (LayerEntry.File file : planned(plans)) {
                digests.computeIfAbsent(
                        file.content(), content -> executor.submit(() -> Contents.digest(content, files)));
            }
            List<Fingerprint> fingerprints = new ArrayList<>();
            for (LayerPlan plan : plans) {
                Map<String, Digest> contents = new LinkedHashMap<>();
                for (LayerEntry.File file : planned(List.of(plan))) {
                    contents.put(file.target(), await(digests, file.content()));
                }
                fingerprints.add(Fingerprint.of(plan, contents, time));
            }
            return fingerprints;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw interrupted();
        } finally {
            executor.shutdownNow();
        }
    }

    static EnvironmentFailure interrupted() {
        return new EnvironmentFailure(
                Problem.of("The build was interrupted while it made the layers.", "Run the build again."));
    }

    private static List<LayerEntry.File> planned(List<LayerPlan> plans) {
        return plans.stream()
                .flatMap(plan -> plan.entries().stream())
                .filter(LayerEntry.File.class::isInstance)
                .map(LayerEntry.File.class::cast)
                .toList();
    }

    private static Digest await(IdentityHashMap<Content, Future<Digest>> digests, Content content)
            throws InterruptedException {
        Future<Digest> digest = digests.get(content);
        if (digest == null) {
            throw new IllegalStateException("Nobody reads " + content);
        }
        try {
            return digest.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
