/** The main line: calls the other rooms in order. */
@NullMarked
package io.github.lambdacontainer.build;

import org.jspecify.annotations.NullMarked;
