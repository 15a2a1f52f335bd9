/** Lambda's Runtime API on this machine: hands a function its events and takes its answers. */
@NullMarked
package io.github.lambdacontainer.emulator;

import org.jspecify.annotations.NullMarked;
