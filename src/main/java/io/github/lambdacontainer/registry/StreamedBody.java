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
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final long size;
    private final Source source;
    private final LongConsumer progress;
    private final AtomicLong moves = new AtomicLong();
    private final ConcurrentLinkedQueue<InputStream> opened = new ConcurrentLinkedQueue<>();
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

    /** Opens the source for the next attempt already, so that nobody waits for a body that cannot be had. */
    void open() throws IOException {
        opened.add(source.open());
    }

    /** Closes what was opened and not sent. */
    void release() throws IOException {
        for (InputStream in = opened.poll(); in != null; in = opened.poll()) {
            in.close();
        }
    }

    /** How often something was read or sent, in all attempts. */
    long moves() {
        return moves.get();
    }

    /** Whether it is the source that keeps the receiver waiting. */
    boolean awaitsSource() {
        return pumps.stream().anyMatch(pump -> pump.reading);
    }

    /** How much longer than for others the answer may take: a registry reads all of a blob once more before it answers. */
    Duration digestion() {
        return Duration.ofSeconds(size >> 22);
    }

    /** Throws what is wrong with the source, if something is. */
    void check() {
        pumps.forEach(Pump::check);
    }

    /** Throws what is wrong with the source if everybody waits for that and its time is over too; it says so soon. */
    void checkLate() throws InterruptedException {
        for (Pump pump : pumps) {
            if (pump.reading) {
                pump.join(LAST_WORDS.toMillis());
            }
        }
        check();
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
        private volatile boolean reading = true;
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
            try (InputStream in = input()) {
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
            } finally {
                reading = false;
            }
        }

        private InputStream input() throws IOException, InterruptedException {
            if (cancelled) {
                throw new InterruptedException();
            }
            InputStream in = opened.poll();
            return in == null ? source.open() : in;
        }

        private void handOver(InputStream in) throws IOException, InterruptedException {
            byte[] block = read(in);
            long position = 0;
            while (block.length > 0) {
                // A block is read before the one in front of it goes: the last goes only if the end is right.
                byte[] next = read(in);
                wanted.acquire();
                subscriber.onNext(ByteBuffer.wrap(block));
                position += block.length;
                moves.incrementAndGet();
                progress.accept(position);
                block = next;
            }
        }

        private byte[] read(InputStream in) throws IOException {
            reading = true;
            byte[] block = in.readNBytes(BLOCK);
            moves.incrementAndGet();
            reading = false;
            return block;
        }
    }
}
