package io.github.lambdacontainer.image;

import java.util.Arrays;
import java.util.Optional;

/** The two families of image documents that Lambda accepts, named as in Jib's {@code container.format}. */
public enum ImageFormat {
    /** Docker image manifest version 2, schema 2. */
    DOCKER(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.container.image.v1+json",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.docker.distribution.manifest.list.v2+json"),
    /** OCI image manifest, version 1. */
    OCI(
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.index.v1+json");

    private final String manifestType;
    private final String configType;
    private final String layerType;
    private final String indexType;

    ImageFormat(String manifestType, String configType, String layerType, String indexType) {
        this.manifestType = manifestType;
        this.configType = configType;
        this.layerType = layerType;
        this.indexType = indexType;
    }

    /** The media type of a manifest. */
    public String manifestType() {
        return manifestType;
    }

    /** The media type of an image config. */
    public String configType() {
        return configType;
    }

    /** The media type of a gzip layer. */
    public String layerType() {
        return layerType;
    }

    /** The media type of an index, which Docker calls a manifest list. */
    public String indexType() {
        return indexType;
    }

    /** The family whose manifests have this media type. */
    public static Optional<ImageFormat> ofManifestType(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.manifestType.equals(mediaType))
                .findFirst();
    }

    /** The family whose image configs have this media type. */
    public static Optional<ImageFormat> ofConfigType(String mediaType) {
        return Arrays.stream(values())
                .filter(format -> format.configType.equals(mediaType))
                .findFirst();
    }

    /** Whether this is the media type of an index, of either family. */
    public static boolean isIndexType(String mediaType) {
        return Arrays.stream(values()).anyMatch(format -> format.indexType.equals(mediaType));
    }
}
