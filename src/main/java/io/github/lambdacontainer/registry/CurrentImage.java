package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import java.util.List;
import java.util.Map;

/**
 * What a tag of the target names before a push moves it.
 *
 * @param reference the repository and the tag
 * @param layers its layers as they are stored, lowest first
 * @param diffIds the digests of its layers' tars, lowest first
 * @param labels the labels of its config
 */
public record CurrentImage(
        Reference reference, List<Descriptor> layers, List<Digest> diffIds, Map<String, String> labels) {

    static CurrentImage of(Reference reference, Document manifest, Document config) throws MalformedException {
        return new CurrentImage(reference, manifest.layers(), config.diffIds(), config.labels());
    }
}
