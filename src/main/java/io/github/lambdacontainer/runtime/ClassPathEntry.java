package io.github.lambdacontainer.runtime;

import io.github.lambdacontainer.cache.FileDigests;
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

    /** Reads what these digests do not remember. */
    static ClassPathEntry read(Path path, FileDigests digests) throws IOException {
        boolean directory = Files.isDirectory(path);
        MessageDigest digest = Digest.newMessageDigest();
        if (directory) {
            for (FileTrees.TreeFile file : FileTrees.files(path)) {
                if (file.name().endsWith(".class")) {
                    String text = file.name() + "\n" + digests.of(file.path()) + "\n";
                    digest.update(text.getBytes(StandardCharsets.UTF_8));
                }
            }
            return new ClassPathEntry(path, Digest.of(digest), false);
        }
        return new ClassPathEntry(path, digests.of(path), true);
    }

    private static boolean isZip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }
}
