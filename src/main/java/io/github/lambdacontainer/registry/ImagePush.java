package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.RawJson;
import java.util.List;

/**
 * An image and where it goes.
 *
 * @param target its repository
 * @param tags the tags that will name it, at least one
 * @param format the family of its documents
 * @param manifest its manifest
 * @param blobs its layers, lowest first, and its config
 * @param mountFrom repositories of the same registry that may have some of the blobs
 */
public record ImagePush(
        Reference target,
        List<String> tags,
        ImageFormat format,
        RawJson manifest,
        List<PushedBlob> blobs,
        List<String> mountFrom) {}
