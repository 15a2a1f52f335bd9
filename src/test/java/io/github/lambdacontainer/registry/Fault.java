package io.github.lambdacontainer.registry;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Answers one request in place of the registry. */
@FunctionalInterface
public interface Fault {

    /** Answers; the content is what the registry would have sent. */
    void answer(HttpExchange exchange, byte[] content, CountDownLatch closing) throws IOException;

    /** This status, with headers in pairs. */
    static Fault status(int status, String body, String... headers) {
        return (exchange, content, closing) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        };
    }

    /** An error as registries write it. */
    static Fault error(int status, String code, String message, String... headers) {
        String body = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}";
        Fault plain = status(status, body, headers);
        return (exchange, content, closing) -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            plain.answer(exchange, content, closing);
        };
    }

    /** Other bytes than the right ones. */
    static Fault bytes(byte[] other) {
        return (exchange, content, closing) -> send(exchange, 200, other);
    }

    /** Announces all of the content, and drops the connection after so many bytes. */
    static Fault truncated(int count) {
        return (exchange, content, closing) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, count);
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    /** Sends so many bytes, and then nothing, until the registry is closed. */
    static Fault stalled(int count) {
        return (exchange, content, closing) -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, count);
            exchange.getResponseBody().flush();
            await(closing);
        };
    }

    /** Never answers, until the registry is closed. */
    static Fault silence() {
        return (exchange, content, closing) -> await(closing);
    }

    /** Sends without end. */
    static Fault endless() {
        return (exchange, content, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] block = new byte[64 * 1024];
                while (closing.getCount() > 0) {
                    out.write(block);
                }
            }
        };
    }

    /** Drops the connection before any answer. */
    static Fault dropped() {
        return (exchange, content, closing) -> exchange.close();
    }

    /** Sends the reader elsewhere. */
    static Fault redirect(String location) {
        return status(307, "", "Location", location);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            exchange.getResponseBody().write(body);
        }
        exchange.getResponseBody().close();
    }

    private static void await(CountDownLatch closing) {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drops the connection once so many bytes of the request's body have come. */
    static Fault droppedWithin(int count) {
        return (BeforeBody) (exchange, content, closing) -> {
            exchange.getRequestBody().readNBytes(count);
            exchange.close();
        };
    }

    /** A fault that happens before the body of the request was read. */
    @FunctionalInterface
    interface BeforeBody extends Fault {}
}
