/** Content-addressed files in the user's cache directory, verified and written beside before they are renamed. */
@NullMarked
package io.github.lambdacontainer.cache;

import org.jspecify.annotations.NullMarked;
