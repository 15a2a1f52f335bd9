/** What the base image is: kind, architecture, Java, C library, and where its layers come from. */
@NullMarked
package io.github.lambdacontainer.base;

import org.jspecify.annotations.NullMarked;
