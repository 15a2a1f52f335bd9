package io.github.lambdacontainer.project;

import java.nio.file.Path;

/**
 * A file the project contributes.
 *
 * @param relativePath path with forward slashes below the directory it was found in
 * @param source where it is on the build machine
 */
public record ProjectFile(String relativePath, Path source) {}
