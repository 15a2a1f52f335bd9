package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.image.Architecture;
import java.util.Optional;

/**
 * The machine that builds.
 *
 * @param operatingSystem its operating system, such as {@code Linux}
 * @param architecture its instruction set, or empty if it is one that Lambda does not run
 */
public record BuildMachine(String operatingSystem, Optional<Architecture> architecture) {

    /** Whether it runs the programs of an image for this architecture. */
    boolean runs(Architecture wanted) {
        return operatingSystem.equals("Linux") && architecture.equals(Optional.of(wanted));
    }

    @Override
    public String toString() {
        return operatingSystem + architecture.map(name -> " on " + name).orElse("");
    }
}
