package io.github.lambdacontainer.project;

import java.nio.file.Path;

/**
 * A file of an extra directory.
 *
 * @param target absolute path in the image
 * @param source where it is on the build machine
 * @param mode permission bits, such as 0644
 */
public record ExtraFile(String target, Path source, int mode) {}
