package io.github.lambdacontainer.emulator;

import com.sun.net.httpserver.HttpServer;
import java.util.concurrent.ExecutorService;

/** Ends the JDK's HTTP servers. */
final class Servers {

    private Servers() {}

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
