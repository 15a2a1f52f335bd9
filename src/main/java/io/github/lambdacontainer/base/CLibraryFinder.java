package io.github.lambdacontainer.base;

import io.github.lambdacontainer.image.Architecture;
import java.util.List;
import java.util.Optional;

/** Finds the C library of an image where the dynamic loader looks for it (ld.so(8), multiarch directories first). */
record CLibraryFinder(ImageTree tree, Architecture architecture) {

    CLibrary find() {
        for (String directory : directories()) {
            Optional<ImageTree.File> glibc = tree.file(directory + "/libc.so.6");
            if (glibc.isPresent()) {
                return new CLibrary.Glibc(glibc.get().detail());
            }
        }
        String loader = "/ld-musl-" + machine() + ".so.1";
        boolean musl =
                directories().stream().anyMatch(d -> tree.file(d + loader).isPresent());
        return musl ? new CLibrary.Musl() : new CLibrary.None();
    }

    private List<String> directories() {
        String triplet = machine() + "-linux-gnu";
        return List.of("/lib/" + triplet, "/usr/lib/" + triplet, "/lib64", "/usr/lib64", "/lib", "/usr/lib");
    }

    private String machine() {
        return architecture == Architecture.X86_64 ? "x86_64" : "aarch64";
    }
}
