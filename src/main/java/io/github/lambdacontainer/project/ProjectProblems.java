package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;

/** What is said about a project's files and dependencies. */
final class ProjectProblems {

    private static final String EXTRA_PATHS = "extraDirectories.paths";

    private ProjectProblems() {}

    static Problem noClasses(String directory) {
        return Problem.of(
                "The project has no compiled classes in '" + directory + "'.",
                "Run 'mvn package', or bind the goal to the phase 'package' so that classes are compiled before it.");
    }

    static Problem pomPackaging() {
        return Problem.of(
                "The project has the packaging 'pom', so it has no classes to put into an image.",
                "skip",
                "Use the plugin in the module that holds the handler, and skip it here.");
    }

    static Problem webPackaging(String packaging) {
        return Problem.of(
                "The project has the packaging '" + packaging + "', which the interface client cannot run.",
                "skip",
                "Move the handler and its classes to a module with the packaging 'jar' and use the plugin there.");
    }

    static Problem damagedClass(String file) {
        return Problem.of("The class file '" + file + "' is damaged.", "Run 'mvn clean package' to compile it again.");
    }

    static Problem linkLeaves(String link, String target, Path root) {
        return Problem.of(
                "The symbolic link '" + link + "' leads to '" + target + "', out of the build's directory '" + root
                        + "'.",
                "Replace the link by a copy of what it leads to.");
    }

    static Problem linkDangles(String link, String target) {
        return Problem.of(
                "The symbolic link '" + link + "' leads to '" + target + "', which does not exist.",
                "Remove the link or make its target.");
    }

    static Problem linkLoops(String link, String target) {
        return Problem.of(
                "The symbolic link '" + link + "' leads to '" + target + "', which leads back to it.",
                "Remove the link.");
    }

    static Problem unreadable(String path) {
        return Problem.of("'" + path + "' cannot be read by this user.", "Give the user the right to read it.");
    }

    static Problem notAFile(String path) {
        return Problem.of(
                "'" + path + "' is neither a file nor a directory.",
                "Remove it: an image holds no pipes, sockets and devices.");
    }

    static Problem notUtf8(String path) {
        return Problem.of("The name of '" + path + "' is not valid UTF-8.", "Rename it.");
    }

    static Problem controlCharacter(String path) {
        return Problem.of("The path '" + path + "' contains a control character.", "Rename it.");
    }

    static Problem whiteoutName(String path) {
        return Problem.of(
                "The path '" + path + "' contains a name that begins with '.wh.'.",
                "Rename it: in a layer such a name deletes a file of the layers below.");
    }

    static Problem longName(String path, int length, int limit) {
        return Problem.of(
                "The path '" + path + "' contains a name of " + length + " bytes; Linux allows " + limit + ".",
                "Shorten the name.");
    }

    static Problem longPath(String path, int length, int limit) {
        return Problem.of(
                "The path '" + path + "' has " + length + " bytes in the image; Linux allows " + limit + ".",
                "Shorten the names it consists of.");
    }

    static Problem missingExtraDirectory(String directory) {
        return Problem.of(
                "The extra directory '" + directory + "' does not exist.", EXTRA_PATHS, "Make it or correct its path.");
    }

    static Problem relativeInto(String into) {
        return Problem.of(
                "The path '" + into + "' in the image is not an absolute path without '.' and '..'.",
                EXTRA_PATHS,
                "Write a path such as '/opt'.");
    }

    static Problem sameTarget(String target, String first, String second) {
        return Problem.of(
                "The extra files '" + first + "' and '" + second + "' both go to '" + target + "'.",
                EXTRA_PATHS,
                "Remove one of them.");
    }

    static Problem invalidGlob(String glob) {
        return Problem.of(
                "The pattern '" + glob + "' is not a valid glob.",
                "extraDirectories.permissions",
                "Write a glob of absolute paths, such as '/opt/bin/*'.");
    }

    static Problem missingDependency(Dependency dependency) {
        return Problem.of(
                "The dependency '" + dependency.ga() + "' is missing: '" + dependency.path() + "' does not exist.",
                dependency.origin() == Dependency.Origin.REACTOR
                        ? "Build its module too, with 'mvn package' in the directory of the whole build or with '-am'."
                        : "Run Maven with '-U' to resolve it again.");
    }

    static Problem unreadableDependency(Dependency dependency) {
        return Problem.of(
                "The dependency '" + dependency.ga() + "' cannot be read by this user: '" + dependency.path() + "'.",
                "Give the user the right to read it.");
    }

    static Problem damagedJar(Dependency dependency) {
        return Problem.of(
                "The dependency '" + dependency.ga() + "' is not a readable jar: '" + dependency.path() + "'.",
                "Delete the file and run Maven again, so that it is resolved or built anew.");
    }

    static Problem previewBesideNewer(ClassVersion preview, ClassVersion newer) {
        return Problem.of(
                preview.location() + " uses preview features of Java " + preview.feature()
                        + ", which no other Java runs, and " + newer.location() + " needs Java " + newer.feature()
                        + ".",
                "Compile it without '--enable-preview'.");
    }

    static Problem notRead(Path path, IOException cause) {
        return Problem.of(
                "'" + path + "' could not be read: " + DiskReason.of(cause) + ".", "Check the disk and try again.");
    }

    static Problem notWritten(Path path, IOException cause) {
        return Problem.of(
                "'" + path + "' could not be written: " + DiskReason.of(cause) + ".",
                "Check the disk's space and the directory's permissions.");
    }
}
