/** What a failure says: what happened, which setting it is, what to do next. */
@NullMarked
package io.github.lambdacontainer.problem;

import org.jspecify.annotations.NullMarked;
