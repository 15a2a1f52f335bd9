package io.github.lambdacontainer.report;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseJava;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import java.util.Optional;

/**
 * The base image as it is reported.
 *
 * @param image the base as the user wrote it
 * @param digest the digest of its manifest, empty for {@code scratch}
 * @param kind which of the documented kinds it is
 * @param architecture its instruction set
 * @param java feature version of the Java in it, if there is one
 * @param libc its C library, such as {@code glibc 2.34} or {@code musl}, if there is one
 */
public record ReportedBase(
        String image,
        Optional<Digest> digest,
        BaseKind kind,
        Architecture architecture,
        Optional<Integer> java,
        Optional<String> libc) {

    /** What was found out about a base. */
    public static ReportedBase of(BaseFacts facts, Optional<Digest> digest) {
        return new ReportedBase(
                facts.name(),
                digest,
                facts.kind(),
                facts.architecture(),
                facts.java().map(BaseJava::feature),
                libc(facts.cLibrary()));
    }

    private static Optional<String> libc(CLibrary library) {
        if (library instanceof CLibrary.Glibc glibc) {
            return Optional.of(("glibc " + glibc.version()).strip());
        }
        return library instanceof CLibrary.Musl ? Optional.of("musl") : Optional.empty();
    }
}
