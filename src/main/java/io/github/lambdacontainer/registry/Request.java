package io.github.lambdacontainer.registry;

import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP request.
 *
 * @param method the verb
 * @param uri where it goes
 * @param headers its headers
 * @param body its body
 */
record Request(String method, URI uri, Map<String, String> headers, RequestBody body) {

    static Request get(URI uri, Map<String, String> headers) {
        return new Request("GET", uri, headers, RequestBody.NONE);
    }

    Request to(URI other) {
        return new Request(method, other, headers, body);
    }

    Request with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new Request(method, uri, more, body);
    }

    Request without(String header) {
        Map<String, String> fewer = new TreeMap<>(headers);
        fewer.remove(header);
        return new Request(method, uri, fewer, body);
    }

    /** Whether it has a body, if only one without a byte. */
    boolean sends() {
        return !method.equals("GET") && !method.equals("HEAD");
    }
}
