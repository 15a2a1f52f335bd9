/** The startup archive of an image: trained with the image's own files on this machine, and kept by everything that went in. */
@NullMarked
package io.github.lambdacontainer.startup;

import org.jspecify.annotations.NullMarked;
