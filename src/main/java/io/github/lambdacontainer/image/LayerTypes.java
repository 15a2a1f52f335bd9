package io.github.lambdacontainer.image;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.Arrays;
import java.util.List;

/** The layer media types that mean the same in both families (OCI image specification, media-types.md, "Compatibility Matrix"). */
final class LayerTypes {

    private static final List<List<String>> DOCKER_AND_OCI = List.of(
            List.of(ImageFormat.DOCKER.layerType(), ImageFormat.OCI.layerType()),
            List.of("application/vnd.docker.image.rootfs.diff.tar", "application/vnd.oci.image.layer.v1.tar"));

    private LayerTypes() {}

    static String inFamily(ImageFormat family, String mediaType, int layer) {
        return DOCKER_AND_OCI.stream()
                .filter(pair -> pair.contains(mediaType))
                .map(pair -> pair.get(family == ImageFormat.DOCKER ? 0 : 1))
                .findFirst()
                .orElseThrow(() -> noEquivalent(family, mediaType, layer));
    }

    private static UserFailure noEquivalent(ImageFormat family, String mediaType, int layer) {
        String others = String.join(
                ", ",
                Arrays.stream(ImageFormat.values())
                        .filter(other -> other != family)
                        .map(ImageFormat::toString)
                        .toList());
        return new UserFailure(Problem.of(
                "Layer " + layer + " of the base image has the media type '" + mediaType + "', which the format "
                        + family + " does not have.",
                "container.format",
                "Leave the setting out, or set it to " + others + "."));
    }
}
