package io.github.lambdacontainer.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java runtime to be linked with jlink.
 *
 * @param jdk the JDK it is linked from
 * @param target the directory it goes to in the image, such as {@code /var/lang}
 * @param classPath every jar and classes directory that will run on it, for jdeps
 * @param modules modules the user adds
 */
public record JavaRuntimePlan(Jdk jdk, String target, List<Path> classPath, List<String> modules) {}
