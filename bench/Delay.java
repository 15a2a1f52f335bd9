import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A far-away server on this machine: passes TCP connections on with an added round trip, which opening one costs too, and
 * with what all of them may carry together each way. Usage: java Delay.java PORT TARGET-PORT MILLISECONDS TOTALS-FILE
 * [MEGABITS-PER-SECOND]; the file holds the bytes sent up and down so far.
 */
public final class Delay {

    private record Chunk(byte[] bytes, long due) {}

    /** One direction: how many bytes went that way, and when the line is free again. */
    private static final class Line {

        private final double nanosPerByte;
        private final AtomicLong total = new AtomicLong();
        private long free = System.nanoTime();

        Line(double nanosPerByte) {
            this.nanosPerByte = nanosPerByte;
        }

        /** When bytes that came now have left. */
        synchronized long send(int count) {
            total.addAndGet(count);
            free = Math.max(free, System.nanoTime()) + (long) (count * nanosPerByte);
            return free;
        }
    }

    private final long roundTripNanos;
    private final Line up;
    private final Line down;

    private Delay(long milliseconds, double nanosPerByte) {
        this.roundTripNanos = milliseconds * 1_000_000;
        this.up = new Line(nanosPerByte);
        this.down = new Line(nanosPerByte);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        double megabits = arguments.length > 4 ? Double.parseDouble(arguments[4]) : Double.POSITIVE_INFINITY;
        Delay delay = new Delay(Long.parseLong(arguments[2]), 8_000 / megabits);
        int target = Integer.parseInt(arguments[1]);
        Path totals = Path.of(arguments[3]);
        ServerSocket server =
                new ServerSocket(Integer.parseInt(arguments[0]), 100, InetAddress.getLoopbackAddress());
        start(() -> delay.accept(server, target));
        while (true) {
            Files.writeString(totals, delay.up.total + " " + delay.down.total + "\n");
            Thread.sleep(100);
        }
    }

    private void accept(ServerSocket server, int target) {
        while (true) {
            try {
                Socket client = server.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                client.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                long open = System.nanoTime() + roundTripNanos;
                pass(client, far, up, open);
                pass(far, client, down, open);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What is read is sent half a round trip later, in order; the end of a connection travels as far. */
    private void pass(Socket from, Socket to, Line line, long open) {
        BlockingQueue<Chunk> travelling = new LinkedBlockingQueue<>(1024);
        start(() -> {
            byte[] buffer = new byte[1 << 16];
            try (InputStream in = from.getInputStream()) {
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    long sent = line.send(count);
                    travelling.put(new Chunk(Arrays.copyOf(buffer, count), Math.max(sent, open) + roundTripNanos / 2));
                    // Whoever sends is not faster than the line, and leaves room on it for others.
                    sleepUntil(sent);
                }
            } catch (IOException | InterruptedException e) {
                // The other side closed first; what it sent is on its way.
            } finally {
                travelling.offer(new Chunk(new byte[0], System.nanoTime() + roundTripNanos / 2));
            }
        });
        start(() -> {
            try (OutputStream out = to.getOutputStream()) {
                for (Chunk next = travelling.take(); next.bytes().length > 0; next = travelling.take()) {
                    sleepUntil(next.due());
                    out.write(next.bytes());
                }
            } catch (IOException | InterruptedException e) {
                // Nobody reads any more.
            }
        });
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        long left = nanoTime - System.nanoTime();
        if (left > 0) {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }
}
