package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.Problem;
import java.util.Map;
import java.util.Optional;

/**
 * The classes of a dependency's jar, without those of multi-release directories.
 *
 * @param dependency the dependency
 * @param classes checksum and size by entry name
 * @param newest the newest class-file version among them
 * @param problem why the jar could not be read, if so
 */
record JarContents(
        Dependency dependency, Map<String, Stamp> classes, Optional<ClassVersion> newest, Optional<Problem> problem) {

    /**
     * What tells two contents apart.
     *
     * @param crc CRC-32 of the content
     * @param size its size in bytes
     */
    record Stamp(long crc, long size) {}
}
