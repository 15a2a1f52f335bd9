package io.github.lambdacontainer.registry;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks for what is short, in the way registries are spoken to: with the same proxies, times and trust store. */
public final class ShortHttp {

    private final HttpSettings settings;
    private final Http http;

    /** With no connection yet: the first request opens one. */
    public ShortHttp(HttpSettings settings) {
        this.settings = settings;
        this.http = new Http(settings);
    }

    /**
     * What was answered.
     *
     * @param status the HTTP status
     * @param headers its headers
     * @param body all of its body
     */
    public record Answer(int status, Map<String, List<String>> headers, InputStream body) {}

    /**
     * The whole answer, within the time for headers.
     *
     * @param method the verb
     * @param headers without those that say how long the body is and where it goes
     * @param most how many bytes the answer may have; a longer one is none
     * @throws IOException if there is no answer; {@link NetworkFailures} has words for it
     */
    public Optional<Answer> send(String method, URI uri, Map<String, String> headers, byte[] body, int most)
            throws IOException {
        Deadline deadline = Deadline.after(Timing.SYSTEM, settings.headers());
        Response response = http.send(new Request(method, uri, headers, RequestBody.of(body)), deadline);
        return ShortBody.read(response, most)
                .map(bytes ->
                        new Answer(response.statusCode(), response.headers().map(), new ByteArrayInputStream(bytes)));
    }
}
