package io.github.lambdacontainer.project;

/**
 * The newest class-file version of a project and where it was found.
 *
 * @param feature the Java feature version that reads it (class-file major version minus 44)
 * @param location the class and the jar or directory it is in, as a user finds it
 */
public record ClassVersion(int feature, String location) {}
