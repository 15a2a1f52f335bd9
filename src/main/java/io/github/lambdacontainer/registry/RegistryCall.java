package io.github.lambdacontainer.registry;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/**
 * Something that is asked of a repository.
 *
 * @param method the verb
 * @param reference the image it is about
 * @param path the path below the repository, such as {@code manifests/latest}
 * @param headers headers beside the authorization
 * @param phase what messages call it
 */
record RegistryCall(String method, Reference reference, String path, Map<String, String> headers, Phase phase) {

    static RegistryCall get(Reference reference, String path, Map<String, String> headers, Phase phase) {
        return new RegistryCall("GET", reference, path, headers, phase);
    }

    String registry() {
        return reference.registry();
    }

    Request request() {
        URI uri = URI.create("/v2/" + reference.repository() + "/" + path);
        return new Request(method, uri, headers, BodyPublishers.noBody());
    }

    boolean accepts(int status) {
        return status / 100 == 2 || (status == 416 && headers.containsKey("Range"));
    }
}
