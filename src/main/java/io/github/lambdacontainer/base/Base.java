package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.Digest;
import java.util.Optional;

/**
 * A base image that was read: every layer is a gzip tar in a file that was verified.
 *
 * @param reference where it comes from
 * @param digest the digest of its manifest; empty for {@code scratch} and for docker archives, which have no manifest
 * @param image its manifest and config, with the descriptors of the layers as the new image has to name them
 * @param facts what planning needs to know of it
 * @param layers the files of its layers
 */
public record Base(
        BaseReference reference, Optional<Digest> digest, BaseImage image, BaseFacts facts, LayerFiles layers) {}
