package io.github.lambdacontainer.build;

import io.github.lambdacontainer.registry.CurrentImage;
import io.github.lambdacontainer.registry.CurrentImages;
import io.github.lambdacontainer.registry.Reference;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the names of an image that is built are given to in the registry now: most likely an earlier state of it.
 *
 * @param current reads them
 * @param request what is built
 */
record EarlierImages(CurrentImages current, BuildRequest request) {

    /** The registry and the repository that they are in: whoever may write there may say anything of them. */
    String repository() {
        Reference name = BuiltImage.reference(request);
        return name.registry() + "/" + name.repository();
    }

    /** The images, each asked for when it is needed. */
    Stream<CurrentImage> images() {
        Reference name = BuiltImage.reference(request);
        return BuiltImage.tags(request).stream()
                .map(tag -> current.find(name.tagged(tag)))
                .flatMap(Optional::stream);
    }

    /** The values of this label, each asked for when it is needed. */
    Stream<String> labels(String label) {
        return images().map(image -> image.labels().get(label)).flatMap(Stream::ofNullable);
    }
}
