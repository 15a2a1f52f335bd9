/** The Maven goals: parameters in, messages and exceptions out. */
@NullMarked
package io.github.lambdacontainer.goal;

import org.jspecify.annotations.NullMarked;
