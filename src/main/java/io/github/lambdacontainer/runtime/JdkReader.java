package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.plan.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Describes a JDK on the build machine from its files, without running anything. */
public final class JdkReader {

    /** The setting that names the JDK. */
    static final String SETTING = "runtime.jdk";

    private static final int FIRST_WITH_JLINK = 9;

    private JdkReader() {}

    /** Describes what is at this path; anything but a JDK with jlink is described as unusable, with the reason. */
    public static Jdk read(Path home) {
        Path absolute = home.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            return noJdk(absolute, "it is not a directory");
        }
        Optional<ReleaseFile> release = ReleaseFile.read(absolute);
        if (release.isEmpty()) {
            return noJdk(absolute, "it has no file named release");
        }
        int feature = release.get().feature().orElse(0);
        return new Jdk(
                absolute,
                feature,
                release.get().operatingSystem(),
                architecture(release.get().architecture()),
                cLibrary(absolute, release.get()),
                JdkLibraries.read(absolute),
                unusable(absolute, feature));
    }

    /** A program of the JDK. */
    static Path program(Path home, String name) {
        Path windows = home.resolve("bin").resolve(name + ".exe");
        return Files.isRegularFile(windows) ? windows : home.resolve("bin").resolve(name);
    }

    private static Jdk noJdk(Path home, String reason) {
        return new Jdk(home, 0, "", Optional.empty(), new CLibrary.None(), Set.of(), Optional.of(reason));
    }

    private static Optional<String> unusable(Path home, int feature) {
        if (feature == 0) {
            return Optional.of("its file named release does not tell the Java version");
        }
        if (feature < FIRST_WITH_JLINK) {
            return Optional.of("Java " + feature + " has no jlink");
        }
        for (String name : new String[] {"jlink", "jdeps"}) {
            if (!Files.isRegularFile(program(home, name))) {
                return Optional.of("it has no bin/" + name);
            }
        }
        return JdkModules.canBeLinked(home, feature)
                ? Optional.empty()
                : Optional.of("it has no directory jmods, and its jlink cannot do without");
    }

    private static CLibrary cLibrary(Path home, ReleaseFile release) {
        return release.operatingSystem().equals("Linux")
                ? JdkCLibrary.read(home, release.isForMusl())
                : new CLibrary.None();
    }

    private static Optional<Architecture> architecture(String name) {
        return switch (name) {
            case "x86_64", "amd64" -> Optional.of(Architecture.X86_64);
            case "aarch64", "arm64" -> Optional.of(Architecture.ARM64);
            default -> Optional.empty();
        };
    }
}
