package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.RawJson;

/**
 * An image for one architecture, as its registry names it; every digest on the way was checked.
 *
 * @param reference the reference it was found by
 * @param mediaType the media type of the manifest: Docker's version 2 schema 2, or OCI's version 1
 * @param manifest the manifest of this architecture
 * @param config the config that the manifest names
 */
public record ResolvedImage(Reference reference, String mediaType, RawJson manifest, RawJson config) {}
