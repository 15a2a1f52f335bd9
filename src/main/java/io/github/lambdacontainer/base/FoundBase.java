package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.Digest;
import java.util.Optional;

/**
 * A base image as its source gives it: layers in whatever compression they have there.
 *
 * @param digest the digest of its manifest, where its source has one
 * @param blobs the verified blobs of its layers
 */
record FoundBase(Optional<Digest> digest, BaseImage image, LayerFiles blobs) {}
