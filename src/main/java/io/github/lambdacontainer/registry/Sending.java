package io.github.lambdacontainer.registry;

import java.util.concurrent.atomic.AtomicLong;

/** How far a request's body is on its way, for whoever loses patience with a registry that does not answer. */
final class Sending {

    private final AtomicLong moves = new AtomicLong();
    private volatile boolean awaitingSource;

    /** Something was read or sent. */
    void moved() {
        moves.incrementAndGet();
    }

    /** How often something was read or sent. */
    long moves() {
        return moves.get();
    }

    void awaitingSource(boolean value) {
        awaitingSource = value;
    }

    /** Whether it is the source that keeps the receiver waiting. */
    boolean isAwaitingSource() {
        return awaitingSource;
    }
}
