package io.github.lambdacontainer.emulator;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The invocations of one function: those that wait, those it has, and why it takes no more once it is gone. */
final class Invocations {

    private final CompletableFuture<Optional<FunctionError>> ready = new CompletableFuture<>();
    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final Map<String, Pending> running = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private int asking;
    private @Nullable FunctionError end;

    /** An invocation and who waits for its result. */
    static final class Pending {

        private final Invocation invocation;
        private final CompletableFuture<InvocationResult> result = new CompletableFuture<>();
        private CompletableFuture<Void> clock = new CompletableFuture<>();
        private long taken = System.nanoTime();

        private Pending(Invocation invocation) {
            this.invocation = invocation;
        }

        /**
         * Lets its time begin, anew if it had begun, and does this once it is over; until then the clock keeps the
         * invocation, so it has to end with the result.
         */
        private void startClock(Runnable timeOut) {
            clock.complete(null);
            taken = System.nanoTime();
            clock = result.thenAccept(done -> {});
            clock.orTimeout(invocation.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> {
                        timeOut.run();
                        return null;
                    });
        }

        /** Whether its time is over: a clock that rings just when it is started anew does not count. */
        private boolean isLate() {
            return duration().toMillis() >= invocation.timeout().toMillis();
        }

        Invocation invocation() {
            return invocation;
        }

        void answer(Payload response) {
            result.complete(new InvocationResult.Response(duration(), response));
        }

        void fail(FunctionError error) {
            result.complete(new InvocationResult.Failed(duration(), error));
        }

        private Duration duration() {
            return Duration.ofNanos(System.nanoTime() - taken);
        }
    }

    CompletableFuture<Optional<FunctionError>> ready() {
        return ready;
    }

    synchronized CompletableFuture<InvocationResult> offer(Invocation invocation) {
        Pending pending = new Pending(invocation);
        if (end != null) {
            pending.fail(end);
        } else {
            if (ready.isDone() && running.isEmpty()) {
                // A function that has nothing to do and does not ask is as one that does not answer.
                pending.startClock(() -> timeOut(pending));
            }
            waiting.add(pending);
            notifyAll();
        }
        return pending.result;
    }

    /** Waits for an event; from here on the function has all its time. */
    Pending take() throws InterruptedException {
        ready.complete(Optional.empty());
        return await();
    }

    private synchronized Pending await() throws InterruptedException {
        asking++;
        notifyAll();
        try {
            while (waiting.isEmpty()) {
                wait();
            }
        } finally {
            asking--;
        }
        Pending pending = waiting.remove();
        pending.startClock(() -> timeOut(pending));
        running.put(pending.invocation.requestId(), pending);
        return pending;
    }

    /** Waits until the function asks for an event, or is gone, but no longer than this. */
    synchronized void awaitAsking(Duration limit) throws InterruptedException {
        long until = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); asking == 0 && end == null && left > 0; left = until - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Puts back an invocation that did not reach the function, which has to ask for it in the same time. */
    synchronized void putBack(Pending pending) {
        if (running.remove(pending.invocation.requestId(), pending)) {
            pending.startClock(() -> timeOut(pending));
            waiting.addFirst(pending);
            notifyAll();
        }
    }

    /** Takes an invocation from those that the function has; each is answered once. */
    synchronized Optional<Pending> finish(String requestId) {
        return Optional.ofNullable(running.remove(requestId));
    }

    /**
     * Fails an invocation whose response cannot be taken. The interface client then reports this as an error of the same
     * invocation, and ends if that is refused too.
     */
    void refuse(Pending pending, FunctionError error) {
        synchronized (this) {
            refused.add(pending.invocation.requestId());
        }
        pending.fail(error);
    }

    /** Whether the response of this invocation was refused since this was last asked. */
    synchronized boolean wasRefused(String requestId) {
        return refused.remove(requestId);
    }

    /** Fails every invocation, now and later; the first reason stays. */
    void end(FunctionError reason) {
        List<Pending> left = new ArrayList<>();
        synchronized (this) {
            if (end == null) {
                end = reason;
            }
            left.addAll(running.values());
            left.addAll(waiting);
            running.clear();
            waiting.clear();
            notifyAll();
        }
        ready.complete(Optional.of(reason));
        left.forEach(pending -> pending.fail(reason));
    }

    private void timeOut(Pending pending) {
        if (drop(pending)) {
            FunctionError error = FunctionError.timedOut(pending.invocation.requestId(), pending.invocation.timeout());
            pending.fail(error);
            end(error);
        }
    }

    private synchronized boolean drop(Pending late) {
        return late.isLate() && (running.remove(late.invocation.requestId(), late) || waiting.remove(late));
    }
}
