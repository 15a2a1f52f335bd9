/** A client for container registries: resolves references and reads verified manifests and blobs. */
@NullMarked
package io.github.lambdacontainer.registry;

import org.jspecify.annotations.NullMarked;
