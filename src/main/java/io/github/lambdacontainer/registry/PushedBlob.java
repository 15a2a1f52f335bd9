package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;

/**
 * A blob that the target has to have before the manifest can be pushed.
 *
 * @param descriptor what names it
 * @param source where its bytes are
 */
public record PushedBlob(Descriptor descriptor, BlobSource source) {}
