package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.elf.ElfReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Finds the shared libraries that the core of a JDK needs from its system. */
final class JdkLibraries {

    /** What every Java program loads; the rest, such as {@code java.desktop}'s, is loaded only where it is used. */
    private static final List<String> CORE = List.of(
            "bin/java",
            "lib/server/libjvm.so",
            "lib/libjli.so",
            "lib/libjava.so",
            "lib/libjimage.so",
            "lib/libnet.so",
            "lib/libnio.so",
            "lib/libzip.so");

    private static final Pattern C_LIBRARY =
            Pattern.compile("ld-.*|(libc|libm|libdl|libpthread|librt|libresolv|libutil)\\.so\\..*|libc\\.musl-.*");

    private JdkLibraries() {}

    /** Their names, without the parts of the C library and without what the JDK has itself. */
    static Set<String> read(Path home) {
        Set<String> needed = new TreeSet<>();
        for (String file : CORE) {
            needed.addAll(needed(home.resolve(file)));
        }
        needed.removeIf(name -> C_LIBRARY.matcher(name).matches() || isOwn(home, name));
        return needed;
    }

    private static List<String> needed(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? ElfReader.read(file).map(elf -> elf.needed()).orElse(List.of())
                    : List.of();
        } catch (IOException e) {
            // What cannot be read tells nothing; linking from it will.
            return List.of();
        }
    }

    private static boolean isOwn(Path home, String name) {
        return Files.exists(home.resolve("lib").resolve(name))
                || Files.exists(home.resolve("lib/server").resolve(name));
    }
}
