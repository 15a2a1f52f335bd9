/** Planned files become reproducible gzip layers, cached by their content. */
@NullMarked
package io.github.lambdacontainer.layer;

import org.jspecify.annotations.NullMarked;
