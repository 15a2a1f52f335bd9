package io.github.lambdacontainer.image;

/** The two families of image documents that Lambda accepts, named as in Jib's {@code container.format}. */
public enum ImageFormat {
    /** Docker image manifest version 2, schema 2. */
    DOCKER(
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.container.image.v1+json",
            "application/vnd.docker.image.rootfs.diff.tar.gzip"),
    /** OCI image manifest, version 1. */
    OCI(
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.config.v1+json",
            "application/vnd.oci.image.layer.v1.tar+gzip");

    private final String manifestType;
    private final String configType;
    private final String layerType;

    ImageFormat(String manifestType, String configType, String layerType) {
        this.manifestType = manifestType;
        this.configType = configType;
        this.layerType = layerType;
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
}
