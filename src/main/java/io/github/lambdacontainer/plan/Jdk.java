package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The JDK on the build machine that a Java runtime can be linked from.
 *
 * @param home its home directory
 * @param feature its feature version, such as 21
 * @param operatingSystem {@code OS_NAME} of its release file, such as {@code Linux}
 * @param architecture its instruction set, or empty if it is one that Lambda does not run
 * @param cLibrary the C library it was built for, with the oldest version it runs on
 * @param libraries the libraries its virtual machine needs of the system, the C library's own left out
 * @param unusable why nothing can be linked from it (no jlink, no modules), or empty if it can
 */
public record Jdk(
        Path home,
        int feature,
        String operatingSystem,
        Optional<Architecture> architecture,
        CLibrary cLibrary,
        Set<String> libraries,
        Optional<String> unusable) {}
