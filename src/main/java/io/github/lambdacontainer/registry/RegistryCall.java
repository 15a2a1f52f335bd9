package io.github.lambdacontainer.registry;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Something that is asked of a registry.
 *
 * @param request the verb, the headers beside the authorization, and the address: with scheme and host only if it is
 *     not the registry's own
 * @param reference the image it is about
 * @param scopes what a token has to allow, as {@code repository:app:pull,push}
 * @param phase what messages call it
 * @param answers statuses that are an answer, beside all of success
 * @param passing statuses that may pass, beside those that always may
 */
record RegistryCall(
        Request request,
        Reference reference,
        List<String> scopes,
        Phase phase,
        Set<Integer> answers,
        Set<Integer> passing) {

    static RegistryCall get(Reference reference, String path, Map<String, String> headers, Phase phase) {
        Set<Integer> answers = headers.containsKey("Range") ? Set.of(416) : Set.of();
        Request request = new Request("GET", below(reference, path), headers, RequestBody.NONE);
        return new RegistryCall(request, reference, List.of(pull(reference.repository())), phase, answers, Set.of());
    }

    /** Something that is asked of the repository that an image is pushed to. */
    static RegistryCall push(String method, Reference reference, String path, Phase phase) {
        Request request = new Request(method, below(reference, path), Map.of(), RequestBody.NONE);
        String scope = pull(reference.repository()) + ",push";
        return new RegistryCall(request, reference, List.of(scope), phase, Set.of(), Set.of());
    }

    private static URI below(Reference reference, String path) {
        return URI.create("/v2/" + reference.repository() + "/" + path);
    }

    private static String pull(String repository) {
        return "repository:" + repository + ":pull";
    }

    RegistryCall as(String method) {
        Request other = new Request(method, request.uri(), request.headers(), request.body());
        return new RegistryCall(other, reference, scopes, phase, answers, passing);
    }

    RegistryCall with(String header, String value) {
        return new RegistryCall(request.with(header, value), reference, scopes, phase, answers, passing);
    }

    RegistryCall at(URI uri) {
        return new RegistryCall(request.to(uri), reference, scopes, phase, answers, passing);
    }

    RegistryCall sending(RequestBody body, String mediaType) {
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.put("Content-Type", mediaType);
        Request other = new Request(request.method(), request.uri(), headers, body);
        return new RegistryCall(other, reference, scopes, phase, answers, passing);
    }

    /** The same, which also needs to read this repository. */
    RegistryCall reading(String repository) {
        List<String> more = new ArrayList<>(scopes);
        more.add(pull(repository));
        return new RegistryCall(request, reference, more, phase, answers, passing);
    }

    RegistryCall answeredBy(Integer... statuses) {
        return new RegistryCall(request, reference, scopes, phase, Set.of(statuses), passing);
    }

    RegistryCall mayPass(Integer... statuses) {
        return new RegistryCall(request, reference, scopes, phase, answers, Set.of(statuses));
    }

    String registry() {
        return reference.registry();
    }

    /** Whether it goes to another host than the registry, which must not learn who asks. */
    boolean isElsewhere() {
        return request.uri().isAbsolute();
    }

    boolean accepts(int status) {
        return status / 100 == 2 || answers.contains(status);
    }
}
