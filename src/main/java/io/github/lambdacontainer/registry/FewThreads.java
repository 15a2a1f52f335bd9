package io.github.lambdacontainer.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Does several things at once, on a few threads that end before the call does, however it ends, unless they cannot be
 * interrupted.
 *
 * @param name what the threads are called
 * @param most how many threads there are at most
 */
record FewThreads(String name, int most) {

    /** What is interrupted ends much sooner. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * The results in the order of the tasks. The first task that fails stops all others.
     *
     * @throws InterruptedException if whoever waits is interrupted; all tasks are stopped then
     */
    <T> List<T> run(List<Callable<T>> tasks) throws InterruptedException {
        if (tasks.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = start(Math.min(most, tasks.size()));
        try {
            return results(tasks, new ExecutorCompletionService<>(threads));
        } finally {
            end(threads);
        }
    }

    private ExecutorService start(int count) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static <T> List<T> results(List<Callable<T>> tasks, CompletionService<T> threads)
            throws InterruptedException {
        List<Future<T>> submitted = new ArrayList<>();
        for (Callable<T> task : tasks) {
            submitted.add(threads.submit(task));
        }
        for (int i = 0; i < tasks.size(); i++) {
            result(threads.take());
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : submitted) {
            results.add(result(future));
        }
        return results;
    }

    /** The result of a task, or its failure as it was thrown. */
    static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Stops all tasks and waits until they have ended. One that nothing can interrupt, as while it reads what a
     * credential helper says, is left to itself: its thread keeps no JVM alive.
     */
    static void end(ExecutorService threads) {
        threads.shutdownNow();
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean interrupted = false;
        boolean waiting = true;
        while (waiting) {
            try {
                boolean ended = threads.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                waiting = !ended && System.nanoTime() < end;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
