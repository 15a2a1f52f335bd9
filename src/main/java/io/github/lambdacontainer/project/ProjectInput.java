package io.github.lambdacontainer.project;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the project's parts are, as Maven knows them.
 *
 * @param baseDirectory the module's directory, which paths in messages are relative to
 * @param rootDirectory the directory of the whole build, which symbolic links may not leave
 * @param packaging Maven's packaging
 * @param classesDirectory {@code target/classes}
 * @param artifact the packaged artifact, if the package phase made one
 * @param dependencies runtime dependencies in Maven's order; a reactor module may be a directory
 * @param configuredHandler the handler the user named, if any
 * @param extraDirectories the directories to copy
 * @param permissions modes by glob of the absolute target path, first match wins, such as {@code /opt/bin/*} → 0755
 * @param workDirectory where packed reactor modules go, below {@code target/}
 */
public record ProjectInput(
        Path baseDirectory,
        Path rootDirectory,
        String packaging,
        Path classesDirectory,
        Optional<Path> artifact,
        List<Dependency> dependencies,
        Optional<String> configuredHandler,
        List<ExtraDirectory> extraDirectories,
        Map<String, Integer> permissions,
        Path workDirectory) {

    /**
     * A directory whose files go into the image.
     *
     * @param from the directory on the build machine
     * @param into the absolute directory in the image
     */
    public record ExtraDirectory(Path from, String into) {}
}
