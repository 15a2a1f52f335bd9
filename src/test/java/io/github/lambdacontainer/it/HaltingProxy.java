package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Stands before a server on loopback and passes everything on, up to the first request that begins with given words:
 * that one and all that come later never arrive.
 */
final class HaltingProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final int target;
    private final String words;
    private final CountDownLatch halted = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "halting-proxy");
        thread.setDaemon(true);
        return thread;
    });

    HaltingProxy(String target, String words) {
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            this.target = Integer.parseInt(target.substring(target.indexOf(':') + 1));
            this.words = words;
            threads.execute(this::accept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** Waits until the request has come that is not passed on. */
    void awaitHalt() throws InterruptedException {
        if (!halted.await(2, TimeUnit.MINUTES)) {
            throw new AssertionError("No request began with " + words);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                threads.execute(() -> pass(client, server, true));
                threads.execute(() -> pass(server, client, false));
            } catch (IOException e) {
                return; // The proxy was closed.
            }
        }
    }

    private void pass(Socket from, Socket to, boolean requests) {
        byte[] buffer = new byte[1 << 16];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                if (requests && begins(buffer, count)) {
                    halted.countDown();
                }
                if (requests && halted.getCount() == 0) {
                    in.transferTo(OutputStream.nullOutputStream());
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException e) {
            return; // One of both has gone, and the other follows.
        }
    }

    private boolean begins(byte[] buffer, int count) {
        return count >= words.length()
                && new String(buffer, 0, words.length(), StandardCharsets.ISO_8859_1).equals(words);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
