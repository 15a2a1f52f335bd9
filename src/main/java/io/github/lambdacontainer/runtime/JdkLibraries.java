package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.elf.ElfFile;
import io.github.lambdacontainer.elf.ElfReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The libraries of the system without which a JDK's virtual machine does not start. Linux distributions link theirs to
 * libstdc++ and zlib of the system; most others bring them along.
 */
final class JdkLibraries {

    /** The native files of {@code java.base} that every runtime loads. */
    private static final List<String> FILES = List.of(
            "bin/java",
            "lib/server/libjvm.so",
            "lib/libjli.so",
            "lib/libjava.so",
            "lib/libjimage.so",
            "lib/libverify.so",
            "lib/libzip.so",
            "lib/libnet.so",
            "lib/libnio.so");

    private static final Pattern C_LIBRARY = Pattern.compile("ld-.*|lib(c|m|dl|rt|pthread)\\.(so\\.|musl-).*");

    private JdkLibraries() {}

    static Set<String> read(Path home) {
        Set<String> needed = new TreeSet<>();
        Set<String> own = new TreeSet<>();
        for (String name : FILES) {
            Path file = home.resolve(name);
            own.add(String.valueOf(file.getFileName()));
            elf(file).map(ElfFile::needed).ifPresent(needed::addAll);
        }
        needed.removeAll(own);
        needed.removeIf(name -> C_LIBRARY.matcher(name).matches());
        return Set.copyOf(needed);
    }

    private static Optional<ElfFile> elf(Path file) {
        try {
            return ElfReader.read(file);
        } catch (IOException e) {
            // What cannot be read tells nothing.
            return Optional.empty();
        }
    }
}
