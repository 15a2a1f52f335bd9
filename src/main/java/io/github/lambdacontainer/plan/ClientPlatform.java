package io.github.lambdacontainer.plan;

import io.github.lambdacontainer.base.BaseFacts;
import io.github.lambdacontainer.base.BaseKind;
import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import java.util.Optional;

/**
 * A platform the interface client has a native library for, named as in the classifiers of its jars on Maven Central.
 *
 * @param classifier such as {@code linux-x86_64} or {@code linux_musl-aarch_64}
 */
record ClientPlatform(String classifier) {

    /** The first version with a jar for each platform, and with the property that names an unpacked library. */
    private static final String FIRST_VERSION = "2.3.3";

    private static final String GLIBC = "linux-";
    private static final String MUSL = "linux_musl-";

    static ClientPlatform glibc(Architecture architecture) {
        return new ClientPlatform(GLIBC + architecture.classifierName());
    }

    static ClientPlatform musl(Architecture architecture) {
        return new ClientPlatform(MUSL + architecture.classifierName());
    }

    /** The platform of an image on this base, or empty where its C library is not known. */
    static Optional<ClientPlatform> of(Architecture architecture, BaseFacts base, Optional<Jdk> jdk) {
        CLibrary cLibrary = base.kind() == BaseKind.SCRATCH
                ? jdk.map(Jdk::cLibrary).orElseGet(CLibrary.None::new)
                : base.cLibrary();
        if (cLibrary instanceof CLibrary.Musl) {
            return Optional.of(musl(architecture));
        }
        boolean glibc = cLibrary instanceof CLibrary.Glibc
                || base.kind() == BaseKind.AWS_OS_ONLY
                || base.kind() == BaseKind.SCRATCH;
        return glibc ? Optional.of(glibc(architecture)) : Optional.empty();
    }

    static boolean hasLibrariesApart(String clientVersion) {
        return !Versions.isBelow(clientVersion, FIRST_VERSION);
    }

    boolean needsLibgcc() {
        return classifier.startsWith(GLIBC);
    }

    String libraryName() {
        return "libaws-lambda-jni." + classifier + ".so";
    }
}
