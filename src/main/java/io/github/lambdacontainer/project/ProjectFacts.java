package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the Maven project contributes to the image.
 *
 * @param classes class files below {@code target/classes}, sorted by path
 * @param resources all other files there, sorted by path
 * @param jar the project's own jar with plain classes in it, for the packaged mode, if there is one
 * @param dependencies runtime dependencies in Maven's order, reactor directories already packed as jars
 * @param extraFiles files of the extra directories, sorted by target
 * @param handler what the search for the handler came to
 * @param newestClass the newest class-file version among project and dependencies, if there are classes
 * @param clashes classes that stand in two dependencies with different content
 * @param problems everything that makes the project unfit for an image
 */
public record ProjectFacts(
        List<ProjectFile> classes,
        List<ProjectFile> resources,
        Optional<Path> jar,
        List<Dependency> dependencies,
        List<ExtraFile> extraFiles,
        HandlerFinding handler,
        Optional<ClassVersion> newestClass,
        List<ClassClash> clashes,
        List<Problem> problems) {}
