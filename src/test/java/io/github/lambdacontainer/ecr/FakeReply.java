package io.github.lambdacontainer.ecr;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of {@link FakeEcr}. */
record FakeReply(int status, Map<String, String> headers, byte[] body) {

    static FakeReply of(int status) {
        return new FakeReply(status, Map.of(), new byte[0]);
    }

    static FakeReply of(int status, String type, String body) {
        return new FakeReply(status, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }

    /** An error as registries say it. */
    static FakeReply error(int status, String code, String message) {
        return of(
                status,
                "application/json; charset=utf-8",
                "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}]}");
    }

    FakeReply with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new FakeReply(status, more, body);
    }

    void send(HttpExchange exchange) throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        if (head && body.length > 0) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
        }
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head && body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
