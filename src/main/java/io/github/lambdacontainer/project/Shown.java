package io.github.lambdacontainer.project;

import java.nio.file.Path;

/**
 * Paths as messages show them.
 *
 * @param baseDirectory the directory that shown paths are relative to where they are below it
 */
record Shown(Path baseDirectory) {

    /** The path below the base directory with forward slashes, or else the whole path. */
    String path(Path path) {
        Path shown =
                path.startsWith(baseDirectory) && !path.equals(baseDirectory) ? baseDirectory.relativize(path) : path;
        return FileNames.escaped(shown.toString().replace('\\', '/'));
    }
}
