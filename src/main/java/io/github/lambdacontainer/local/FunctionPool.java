package io.github.lambdacontainer.local;

import io.github.lambdacontainer.emulator.Invocation;
import io.github.lambdacontainer.emulator.InvocationResult;
import io.github.lambdacontainer.emulator.Invoked;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * The running functions of an image: each takes one event at a time, more are started while all are busy, up to a
 * limit, and further events wait. An image can be replaced while events are handled.
 */
public final class FunctionPool implements AutoCloseable {

    private final FunctionSettings settings;
    private final Consumer<String> lines;
    private final Semaphore places;
    private Version version;
    private final Set<ExecutionEnvironment> busy = new HashSet<>();
    private boolean closed;

    /**
     * Runs functions of this image as events come.
     *
     * @param image the image, closed with the pool
     * @param settings what Lambda would be told of the function
     * @param most how many functions run at a time
     * @param lines where each line goes that they print, and what Lambda would log
     */
    public FunctionPool(StagedImage image, FunctionSettings settings, int most, Consumer<String> lines) {
        this.version = new Version(image);
        this.settings = settings;
        this.lines = lines;
        this.places = new Semaphore(most, true);
    }

    /** An image with its functions that have nothing to do; gone once it is replaced and nobody uses it. */
    private static final class Version {

        private final StagedImage image;
        private final Deque<ExecutionEnvironment> idle = new ArrayDeque<>();
        private int busy;
        private boolean replaced;

        private Version(StagedImage image) {
            this.image = image;
        }
    }

    /** A function that is to handle one event. */
    private record Taken(Version version, ExecutionEnvironment function, boolean started) {}

    /** Handles an event, as soon as there is a place for it. */
    public Invoked invoke(Invocation invocation) {
        places.acquireUninterruptibly();
        try {
            Taken taken = take();
            boolean reusable = false;
            try {
                Invoked invoked = invoke(invocation, taken);
                reusable = isReusable(invoked.result());
                return invoked;
            } finally {
                giveBack(taken, reusable);
            }
        } finally {
            places.release();
        }
    }

    private Invoked invoke(Invocation invocation, Taken taken) {
        ExecutionEnvironment function = taken.function();
        function.beginLog("START RequestId: " + invocation.requestId() + " Version: $LATEST");
        InvocationResult result = function.invoke(invocation);
        if (result instanceof InvocationResult.Failed failed
                && failed.error().cause().isFinal()) {
            function.log(failed.error().type() + ": " + failed.error().message());
        }
        function.log("END RequestId: " + invocation.requestId());
        Usage usage = new Usage(
                invocation.requestId(),
                result.duration(),
                settings.memory(),
                function.peakMemory(),
                taken.started() ? Optional.of(function.initDuration()) : Optional.empty());
        function.log(usage.report());
        return new Invoked(result, function.logTail());
    }

    private static boolean isReusable(InvocationResult result) {
        return !(result instanceof InvocationResult.Failed failed)
                || !failed.error().cause().isFinal();
    }

    /** Lets further events be handled by another image. */
    public void replace(StagedImage image) {
        synchronized (this) {
            if (!closed) {
                retire(version);
                version = new Version(image);
                return;
            }
        }
        image.close();
    }

    private synchronized Taken take() {
        if (closed) {
            throw new IllegalStateException("The functions are stopped");
        }
        Version current = version;
        ExecutionEnvironment idle = current.idle.poll();
        while (idle != null && !idle.isRunning()) {
            idle.close();
            idle = current.idle.poll();
        }
        Taken taken = idle == null
                ? new Taken(current, ExecutionEnvironment.start(current.image, settings, lines), true)
                : new Taken(current, idle, false);
        current.busy++;
        busy.add(taken.function());
        return taken;
    }

    private synchronized void giveBack(Taken taken, boolean reusable) {
        Version from = taken.version();
        from.busy--;
        busy.remove(taken.function());
        if (reusable && !from.replaced) {
            from.idle.push(taken.function());
        } else {
            taken.function().close();
        }
        closeUnused(from);
    }

    private static void retire(Version version) {
        version.replaced = true;
        version.idle.forEach(ExecutionEnvironment::close);
        version.idle.clear();
        closeUnused(version);
    }

    private static void closeUnused(Version version) {
        if (version.replaced && version.busy == 0) {
            version.image.close();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            busy.forEach(ExecutionEnvironment::close);
            retire(version);
        }
    }
}
