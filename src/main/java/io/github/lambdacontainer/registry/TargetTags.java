package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.util.Optional;

/**
 * What the tags of a repository that is pushed to name.
 *
 * @param client asks the registry
 * @param target the repository
 */
record TargetTags(RegistryClient client, Reference target) {

    /** What a tag names, if it is there. */
    Optional<Digest> named(String tag, Deadline deadline) {
        RegistryCall head = RegistryCall.push("HEAD", target, "manifests/" + tag, Phase.TAG)
                .with("Accept", Documents.MANIFEST_TYPES)
                .answeredBy(404, 405);
        Response response = client.call(head, deadline);
        Optional<Digest> announced = response.headers()
                .firstValue("Docker-Content-Digest")
                .filter(value -> value.matches("sha256:[0-9a-f]{64}"))
                .map(Digest::parse);
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        return announced.isPresent() ? announced : read(tag, deadline);
    }

    private Optional<Digest> read(String tag, Deadline deadline) {
        RegistryCall get = RegistryCall.push("GET", target, "manifests/" + tag, Phase.TAG)
                .with("Accept", Documents.MANIFEST_TYPES)
                .answeredBy(404);
        return client.call(get, deadline, TargetTags::digest);
    }

    private static Optional<Digest> digest(Response response) throws IOException {
        if (response.statusCode() == 404) {
            RegistryClient.withoutBody(response);
            return Optional.empty();
        }
        return Optional.of(Digest.of(TargetManifests.content(response)));
    }
}
