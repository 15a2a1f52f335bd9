package io.github.lambdacontainer.base;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.UserFailure;

/** What a layer's media type says of it (OCI image specification, layer.md; Docker's image manifest v2 schema 2). */
enum LayerKind {
    /** A gzip tar, what Lambda takes. */
    GZIP("", ""),
    /** A tar that is not compressed. */
    TAR("", ""),
    /** A tar compressed with Zstandard. */
    ZSTD(
            "is compressed with zstd, which Lambda does not take",
            "Use a base image with gzip layers; 'skopeo copy --dest-compress-format gzip --dest-force-compress-format' makes one."),
    /** A layer that may not be copied, kept elsewhere than in the registry. */
    FOREIGN(
            "is a foreign layer, which may not be copied to another registry",
            "Use a base image whose layers are all its own."),
    /** An encrypted layer. */
    ENCRYPTED("is encrypted", "Use the base image in a decrypted form; 'skopeo copy --decryption-key' makes one."),
    /** No layer this plugin knows. */
    UNKNOWN("is of a media type that Lambda does not take", "Use a base image with gzip tar layers.");

    private final String refusal;
    private final String next;

    LayerKind(String refusal, String next) {
        this.refusal = refusal;
        this.next = next;
    }

    static LayerKind of(String mediaType) {
        if (mediaType.endsWith("+encrypted")) {
            return ENCRYPTED;
        }
        if (mediaType.contains(".foreign.") || mediaType.contains(".nondistributable.")) {
            return FOREIGN;
        }
        return switch (mediaType) {
            case "application/vnd.oci.image.layer.v1.tar+gzip", "application/vnd.docker.image.rootfs.diff.tar.gzip" ->
                GZIP;
            case "application/vnd.oci.image.layer.v1.tar", "application/vnd.docker.image.rootfs.diff.tar" -> TAR;
            case "application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.docker.image.rootfs.diff.tar.zstd" ->
                ZSTD;
            default -> UNKNOWN;
        };
    }

    boolean isTaken() {
        return refusal.isEmpty();
    }

    Problem problem(UnusableBase base, String layer) {
        return base.problem("the layer " + layer + " " + refusal, next);
    }

    UserFailure refusal(UnusableBase base, String layer) {
        return new UserFailure(problem(base, layer));
    }
}
