package io.github.lambdacontainer.report;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What was built, as {@code image.json} tells it to other tools.
 *
 * @param image the name the image was given, if it was given one
 * @param imageId the digest of its config
 * @param imageDigest the digest of its manifest
 * @param tags its tags
 * @param imagePushed whether it was pushed to a registry
 * @param imageUri the name with the digest, as a function refers to it; only of an image that was pushed
 * @param architecture its instruction set
 * @param handler the handler it runs
 * @param base the base it was built on
 * @param entrypoint its ENTRYPOINT
 * @param cmd its CMD
 * @param layers its layers, lowest first
 * @param warnings what the user should know, a line each
 */
public record ImageReport(
        Optional<String> image,
        Digest imageId,
        Digest imageDigest,
        List<String> tags,
        boolean imagePushed,
        Optional<String> imageUri,
        Architecture architecture,
        String handler,
        ReportedBase base,
        List<String> entrypoint,
        List<String> cmd,
        List<ReportedLayer> layers,
        List<String> warnings) {

    /** The same of an image that is in a registry, where this names it. */
    public ImageReport pushedTo(String uri) {
        return new ImageReport(
                image,
                imageId,
                imageDigest,
                tags,
                true,
                Optional.of(uri),
                architecture,
                handler,
                base,
                entrypoint,
                cmd,
                layers,
                warnings);
    }

    /** The sum of the sizes of the blobs of its layers in bytes. */
    public long compressedSize() {
        return layers.stream().mapToLong(ReportedLayer::size).sum();
    }

    /** The sum of the sizes of the tars of its layers in bytes, which Lambda's limit of 10 GB is about. */
    public long uncompressedSize() {
        return layers.stream().mapToLong(ReportedLayer::uncompressedSize).sum();
    }
}
