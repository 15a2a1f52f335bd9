package io.github.lambdacontainer.goal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a build that is ended from outside, as by Ctrl-C, tidy up: what it has begun and not finished goes, and the
 * programs it has started end. A JVM that ends would otherwise stop it in the middle.
 */
final class Interruption {

    /** Enough to delete what was begun; whoever presses Ctrl-C does not want to wait. */
    private static final long MOST_SECONDS = 5;

    private Interruption() {}

    /** Does this in the calling thread, which is interrupted and waited for if the JVM is told to end meanwhile. */
    static void allowedIn(Runnable build) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread builder = Thread.currentThread();
        Thread hook = new Thread(() -> end(builder, ended), "end of the image build");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends already: the build gets no further than its first wait.
            builder.interrupt();
        }
        try {
            build.run();
        } finally {
            ended.countDown();
            remove(hook);
        }
    }

    private static void end(Thread builder, CountDownLatch ended) {
        builder.interrupt();
        try {
            ended.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs already, and ends now.
            return;
        }
    }
}
