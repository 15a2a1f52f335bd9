package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A jar or a directory of classes.
 *
 * @param path where it is
 * @param digest the digest of what jdeps reads of it
 * @param isJar whether it is a jar
 */
record ClassPathEntry(Path path, Digest digest, boolean isJar) {

    private static final byte[] ZIP = {'P', 'K'};

    /** Whether a JVM would read classes of this path; it passes over all else on a class path in silence. */
    static boolean holdsClasses(Path path) throws IOException {
        return Files.isDirectory(path) || (Files.isRegularFile(path) && isZip(path));
    }

    static ClassPathEntry read(Path path) throws IOException {
        boolean directory = Files.isDirectory(path);
        MessageDigest digest = Digest.newMessageDigest();
        if (directory) {
            for (FileTrees.TreeFile file : FileTrees.files(path)) {
                if (file.name().endsWith(".class")) {
                    digest.update((file.name() + "\n" + digest(file.path()) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            return new ClassPathEntry(path, Digest.of(digest), false);
        }
        return new ClassPathEntry(path, digest(path), true);
    }

    private static Digest digest(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.of(in);
        }
    }

    private static boolean isZip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }
}
