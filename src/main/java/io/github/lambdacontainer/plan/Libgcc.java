package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.problem.Problem;
import java.util.Optional;

/** The interface client's native library for glibc loads {@code libgcc_s.so.1}, which very slim bases leave out. */
final class Libgcc {

    private Libgcc() {}

    static Optional<Problem> missing(ClientSource source, Optional<ClientPlatform> platform, BaseFacts base) {
        boolean comesWithImage = base.libgcc() || base.kind() == BaseKind.SCRATCH;
        boolean fromBase = source instanceof ClientSource.Bootstrap || source instanceof ClientSource.Base;
        if (comesWithImage
                || fromBase
                || platform.filter(ClientPlatform::needsLibgcc).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Problem.of(
                "The base " + base.name() + " has no libgcc_s.so.1, without which the interface client's native library"
                        + " does not load.",
                "from.image",
                "Choose a base that has it (Debian's package is libgcc-s1, Alpine's and Amazon Linux's libgcc), or"
                        + " scratch."));
    }
}
