/** What the base lacks and the build machine provides: a Java runtime linked for the function, and on scratch its C library. */
@NullMarked
package io.github.lambdacontainer.runtime;

import org.jspecify.annotations.NullMarked;
