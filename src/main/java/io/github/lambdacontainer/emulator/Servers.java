package io.github.lambdacontainer.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;

/** What the servers of both APIs do alike with the JDK's HTTP servers. */
final class Servers {

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";

    static {
        // The server sends an answer's headers and then its body. Without this the body waits until the client has
        // acknowledged the headers, which Linux puts off for 40 ms. The JDK has no other setting for it than this
        // property, which it reads once.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private Servers() {}

    /** A server at this port of loopback, or at any free one for 0, that is not started. */
    static HttpServer create(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    }

    /**
     * Sends JSON, or no body at all. The headers are on their way before the body, whatever the JDK does on its own: a
     * client that has closed its connection answers them by resetting it, and sending the body fails. One packet would
     * be taken by the system and lost without a word.
     *
     * @throws IOException if the client is gone
     */
    static void send(HttpExchange exchange, int status, Payload body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            out.write(body.bytes());
        }
    }

    /**
     * Closes a server's port and connections, and ends its threads in the background: the JDK's server waits for its own
     * dispatcher, which looks up once a second.
     */
    static void stop(HttpServer server, ExecutorService executor) {
        Thread stop = new Thread(
                () -> {
                    server.stop(0);
                    executor.shutdownNow();
                },
                "lambda-api-stop");
        stop.setDaemon(true);
        stop.start();
    }
}
