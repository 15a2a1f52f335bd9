/** The finished image as one file that docker load, podman load and skopeo read, and into a local engine. */
@NullMarked
package io.github.lambdacontainer.archive;

import org.jspecify.annotations.NullMarked;
