package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of a response as a stream that fails when no bytes come for too long; the JDK's own waits for ever. */
final class GuardedBody extends InputStream implements BodySubscriber<InputStream> {

    private final Duration stall;
    private final Deadline deadline;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private volatile boolean closed;
    private boolean ended;

    GuardedBody(Duration stall, Deadline deadline) {
        this.stall = stall;
        this.deadline = deadline;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription.complete(newSubscription);
        if (closed) {
            newSubscription.cancel();
        } else {
            newSubscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (int i = 0; i < buffers.size(); i++) {
            events.add(new Event(buffers.get(i), null, i == buffers.size() - 1));
        }
    }

    @Override
    public void onError(Throwable error) {
        events.add(new Event(null, error, false));
    }

    @Override
    public void onComplete() {
        events.add(new Event(null, null, false));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining()) {
            if (ended || !next()) {
                ended = true;
                return -1;
            }
        }
        int count = Math.min(length, current.remaining());
        current.get(bytes, offset, count);
        return count;
    }

    private boolean next() throws IOException {
        Event event = poll();
        if (event.error != null) {
            throw new IOException("The body of the response broke off", event.error);
        }
        if (event.buffer == null) {
            return false;
        }
        current = event.buffer;
        if (event.last) {
            subscription.join().request(1);
        }
        return true;
    }

    private Event poll() throws IOException {
        if (closed) {
            throw new IOException("The body of the response was closed");
        }
        Duration patience = deadline.atMost(stall);
        try {
            Event event = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                close();
                // The wait is of whole milliseconds, so that a part of one may be left of the operation.
                throw patience.compareTo(stall) < 0
                        ? new LateException(deadline.limit())
                        : new StallException(patience);
            }
            return event;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the body of a response was read");
        }
    }

    @Override
    public void close() {
        closed = true;
        Subscription arrived = subscription.getNow(null);
        if (arrived != null) {
            arrived.cancel();
        }
    }

    private record Event(
            @Nullable ByteBuffer buffer, @Nullable Throwable error, boolean last) {}
}
