package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.problem.UserFailure;
import java.util.Collection;
import java.util.stream.Collectors;

/** The failure of a base that is not there for the architecture that was asked for. */
final class PlatformFailures {

    private PlatformFailures() {}

    static UserFailure notThere(UnusableBase base, Architecture asked, Collection<Platform> there) {
        String list = there.stream().map(Platform::toString).distinct().sorted().collect(Collectors.joining(", "));
        return base.because(
                "it is not for " + Platform.of(asked) + " but for " + (list.isEmpty() ? "no platform at all" : list),
                "Use a base image for " + Platform.of(asked)
                        + ", or choose another of x86_64 and arm64 in <architectures>.");
    }
}
