/** Runs an image's function on this machine: its files laid out, its command line, its process. */
@NullMarked
package io.github.lambdacontainer.local;

import org.jspecify.annotations.NullMarked;
