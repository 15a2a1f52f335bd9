/** Pure planning: project, base and settings become an image plan, or every problem at once. */
@NullMarked
package io.github.lambdacontainer.plan;

import org.jspecify.annotations.NullMarked;
