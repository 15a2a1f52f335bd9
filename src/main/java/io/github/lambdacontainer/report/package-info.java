/** What was built, for people on the console and for tools in files. */
@NullMarked
package io.github.lambdacontainer.report;

import org.jspecify.annotations.NullMarked;
