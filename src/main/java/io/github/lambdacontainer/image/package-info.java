/** The image as values: digests, descriptors, the base's raw manifest and config, and their pure composition with new layers. */
@NullMarked
package io.github.lambdacontainer.image;

import org.jspecify.annotations.NullMarked;
