package io.github.lambdacontainer.goal;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** Where the results are written. */
public final class OutputPaths implements Options.Group {

    /** The image as one file for docker load, podman load and skopeo. */
    @Option("target/lambda-container/image.tar")
    private @Nullable File tar;

    /** The digest of the image's manifest. */
    @Option("target/lambda-container/image.digest")
    private @Nullable File digest;

    /** The image id, which is the digest of its config. */
    @Option("target/lambda-container/image.id")
    private @Nullable File imageId;

    /** What was built, for tools to read. */
    @Option("target/lambda-container/image.json")
    private @Nullable File imageJson;

    @Nullable File tar() {
        return tar;
    }

    @Nullable File digest() {
        return digest;
    }

    @Nullable File imageId() {
        return imageId;
    }

    @Nullable File imageJson() {
        return imageJson;
    }
}
