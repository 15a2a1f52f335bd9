/** Writes the finished image as one file that docker load, podman load and skopeo read. */
@NullMarked
package io.github.lambdacontainer.archive;

import org.jspecify.annotations.NullMarked;
