package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that is opened anew for every attempt and read on a thread of its own.
 *
 * <p>Its own thread, because the source may be another response: reading that on the thread which moves the bytes of
 * all connections would wait for itself.
 */
final class StreamedBody implements BodyPublisher {

    private static final int BLOCK = 64 << 10;

    private final long size;
    private final Source source;
    private final LongConsumer progress;
    private final AtomicLong sent = new AtomicLong();
    private final ConcurrentLinkedQueue<Pump> pumps = new ConcurrentLinkedQueue<>();

    /** With what hears how many bytes an attempt has sent in all. */
    StreamedBody(long size, Source source, LongConsumer progress) {
        this.size = size;
        this.source = source;
        this.progress = progress;
    }

    @Override
    public long contentLength() {
        return size;
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        Pump pump = new Pump(subscriber);
        pumps.add(pump);
        pump.setDaemon(true);
        pump.start();
    }

    /** How many bytes were sent, in all attempts. */
    long sent() {
        return sent.get();
    }

    /** How much longer than for others the answer may take: a registry reads all of a blob once more before it answers. */
    Duration digestion() {
        return Duration.ofSeconds(size >> 22);
    }

    /** Throws what is wrong with the source, if something is. */
    void check() {
        pumps.forEach(Pump::check);
    }

    /** Nobody wants the rest. */
    void stop() {
        pumps.forEach(Pump::cancel);
        pumps.clear();
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    interface Source {

        /** A stream from the first byte on, which fails rather than end with bytes that are not the right ones. */
        InputStream open() throws IOException;
    }

    /** Hands over block after block, each when it is asked for. */
    private final class Pump extends Thread implements Subscription {

        private final Subscriber<? super ByteBuffer> subscriber;
        private final Semaphore wanted = new Semaphore(0);
        private volatile boolean cancelled;
        private volatile @Nullable Failure failure;

        Pump(Subscriber<? super ByteBuffer> subscriber) {
            super("lambda-container-body");
            this.subscriber = subscriber;
        }

        @Override
        public void request(long count) {
            int most = Integer.MAX_VALUE - wanted.availablePermits();
            wanted.release((int) Math.min(count, most));
        }

        @Override
        public void cancel() {
            cancelled = true;
            interrupt();
        }

        void check() {
            Failure wrong = failure;
            if (wrong != null) {
                throw wrong;
            }
        }

        @Override
        public void run() {
            subscriber.onSubscribe(this);
            try (InputStream in = source.open()) {
                handOver(in);
                subscriber.onComplete();
            } catch (InterruptedException e) {
                subscriber.onError(new IOException("Nobody takes the body any more", e));
            } catch (Failure e) {
                // What goes wrong because nobody wants the bytes any more is no failure.
                failure = cancelled ? null : e;
                subscriber.onError(e);
            } catch (IOException | RuntimeException e) {
                subscriber.onError(e);
            }
        }

        private void handOver(InputStream in) throws IOException, InterruptedException {
            byte[] block = in.readNBytes(BLOCK);
            long position = 0;
            while (block.length > 0) {
                // A block is read before the one in front of it goes: the last goes only if the end is right.
                byte[] next = in.readNBytes(BLOCK);
                wanted.acquire();
                subscriber.onNext(ByteBuffer.wrap(block));
                position += block.length;
                sent.addAndGet(block.length);
                progress.accept(position);
                block = next;
            }
        }
    }
}
