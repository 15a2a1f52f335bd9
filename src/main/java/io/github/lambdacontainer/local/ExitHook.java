package io.github.lambdacontainer.local;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done once: when asked to, or when the JVM is told to end, as by Ctrl-C. What was registered last is
 * then done first, one after the other: a function ends before its files go.
 */
final class ExitHook {

    private static final Deque<ExitHook> OPEN = new ArrayDeque<>();

    /** There while anything is open, so that a JVM that lives on does not keep this class. */
    private static Thread thread = newThread();

    private final Runnable work;
    private boolean done;

    ExitHook(Runnable work) {
        this.work = work;
    }

    /**
     * Has the work done when the JVM ends.
     *
     * @throws EnvironmentFailure if it ends already; the work is done then
     */
    void register() {
        try {
            open();
        } catch (IllegalStateException e) {
            run();
            throw new EnvironmentFailure(Problem.of("The build is being ended.", "Start it again."), e);
        }
    }

    private void open() {
        synchronized (OPEN) {
            if (OPEN.isEmpty()) {
                thread = newThread();
                Runtime.getRuntime().addShutdownHook(thread);
            }
            OPEN.push(this);
        }
    }

    /** Does the work, unless it is done already; while somebody else does it, this waits, for the next may need it. */
    void run() {
        try {
            runOnce();
        } finally {
            synchronized (OPEN) {
                if (OPEN.remove(this) && OPEN.isEmpty()) {
                    forget(thread);
                }
            }
        }
    }

    private synchronized void runOnce() {
        if (!done) {
            done = true;
            work.run();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends already.
            return;
        }
    }

    private static Thread newThread() {
        return new Thread(ExitHook::runAll, "lambda-container-exit");
    }

    /** Whatever one of them throws, the others are done too; the first exception is thrown in the end. */
    static void runAll() {
        RuntimeException first = null;
        for (ExitHook hook = next(); hook != null; hook = next()) {
            try {
                hook.run();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable ExitHook next() {
        synchronized (OPEN) {
            return OPEN.poll();
        }
    }
}
