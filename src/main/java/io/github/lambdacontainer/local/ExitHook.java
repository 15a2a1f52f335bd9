package io.github.lambdacontainer.local;

import java.util.concurrent.atomic.AtomicBoolean;

/** Something to be done once: when asked to, or when the JVM is told to end, as by Ctrl-C. */
final class ExitHook {

    private final AtomicBoolean done = new AtomicBoolean();
    private final Runnable work;
    private final Thread thread;

    ExitHook(Runnable work) {
        this.work = work;
        this.thread = new Thread(this::runOnce, "lambda-container-exit");
    }

    void register() {
        Runtime.getRuntime().addShutdownHook(thread);
    }

    void run() {
        runOnce();
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM ends already.
            return;
        }
    }

    private void runOnce() {
        if (!done.getAndSet(true)) {
            work.run();
        }
    }
}
