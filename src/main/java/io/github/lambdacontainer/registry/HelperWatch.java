package io.github.lambdacontainer.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks sources of credentials that start programs: a helper may wait for a keychain to be unlocked where nobody sees
 * that, or for a network. It is named while it does, and ended after a time in which people would have answered.
 *
 * @param listener hears of what takes long
 * @param patience after how long for the first time, and again whenever the time has doubled
 * @param limit how long a source may take
 */
record HelperWatch(TransferListener listener, Duration patience, Duration limit) {

    /** How long nobody wonders. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What an answer from a registry may take as well. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** One program at a time in this process, which nobody else can start meanwhile: it alone is ended. */
    private static final ReentrantLock ALONE = new ReentrantLock();

    /** What the source finds. */
    Optional<Credentials> find(CredentialSource source, String registry)
            throws UnusableCredentialsException, InterruptedException {
        ALONE.lockInterruptibly();
        try {
            return ask(source, registry);
        } finally {
            ALONE.unlock();
        }
    }

    private Optional<Credentials> ask(CredentialSource source, String registry)
            throws UnusableCredentialsException, InterruptedException {
        Instant begin = Instant.now();
        FutureTask<Optional<Credentials>> answer = new FutureTask<>(() -> source.find(registry));
        Thread thread = new Thread(answer, "lambda-container-credentials");
        thread.setDaemon(true);
        thread.start();
        try {
            return await(answer, source);
        } catch (TimeoutException e) {
            end(source, begin);
            throw new UnusableCredentialsException("it did not answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            end(source, begin);
            throw e;
        }
    }

    private Optional<Credentials> await(FutureTask<Optional<Credentials>> answer, CredentialSource source)
            throws UnusableCredentialsException, TimeoutException, InterruptedException {
        Duration waited = Duration.ZERO;
        for (Duration next = patience; next.compareTo(limit) < 0; next = next.multipliedBy(2)) {
            try {
                return get(answer, next.minus(waited));
            } catch (TimeoutException e) {
                listener.asking(source.name(), next);
            }
            waited = next;
        }
        return get(answer, limit.minus(waited));
    }

    private static Optional<Credentials> get(FutureTask<Optional<Credentials>> answer, Duration time)
            throws UnusableCredentialsException, TimeoutException, InterruptedException {
        try {
            return answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnusableCredentialsException unusable) {
                throw unusable;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
    }

    /** The program of this source, as jib-core starts it and gives it to nobody: no other program is ended. */
    private static void end(CredentialSource source, Instant begin) {
        String program = source.program().orElseThrow();
        // The system counts seconds, or hundredths of them.
        Instant earliest = begin.minusSeconds(2);
        ProcessHandle.current()
                .children()
                .filter(child -> commandLine(child).contains(program))
                .filter(child ->
                        child.info().startInstant().filter(earliest::isBefore).isPresent())
                .forEach(child -> {
                    child.descendants().forEach(ProcessHandle::destroyForcibly);
                    child.destroyForcibly();
                });
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().or(process.info()::command).orElse("");
    }
}
