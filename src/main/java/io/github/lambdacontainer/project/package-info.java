/** What the Maven project contributes: classes, resources, dependencies, extra files, and the handler. */
@NullMarked
package io.github.lambdacontainer.project;

import org.jspecify.annotations.NullMarked;
