package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.base.CLibrary;
import io.github.lambdacontainer.elf.ElfFile;
import io.github.lambdacontainer.elf.ElfReader;
import io.github.lambdacontainer.elf.GlibcVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The C library a JDK for Linux was built for, from its native files. */
final class JdkCLibrary {

    private JdkCLibrary() {}

    /**
     * Reads the native files in {@code bin} and {@code lib}.
     *
     * @param saysMusl what its release file says, for the case that the native files tell nothing
     */
    static CLibrary read(Path home, boolean saysMusl) {
        Set<String> versions = new TreeSet<>();
        boolean musl = saysMusl;
        for (String part : new String[] {"bin", "lib"}) {
            for (ElfFile file : elfFiles(home.resolve(part))) {
                versions.addAll(file.requiredVersions());
                musl |= file.needed().stream().anyMatch(name -> name.startsWith("libc.musl-"));
            }
        }
        return musl
                ? new CLibrary.Musl()
                : new CLibrary.Glibc(GlibcVersions.highest(versions).orElse(""));
    }

    private static List<ElfFile> elfFiles(Path directory) {
        List<ElfFile> files = new ArrayList<>();
        try {
            for (FileTrees.TreeFile file : FileTrees.files(directory)) {
                elfFile(file.path()).ifPresent(files::add);
            }
        } catch (IOException e) {
            // What cannot be read tells nothing.
            return files;
        }
        return files;
    }

    private static Optional<ElfFile> elfFile(Path path) {
        try {
            return ElfReader.read(path);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
