/** A client for container registries: reads verified manifests and blobs, and pushes images. */
@NullMarked
package io.github.lambdacontainer.registry;

import org.jspecify.annotations.NullMarked;
