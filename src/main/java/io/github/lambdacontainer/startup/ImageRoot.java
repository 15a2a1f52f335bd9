package io.github.lambdacontainer.startup;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks layers into a directory: files with the sizes, times and modes that they have in the image. */
final class ImageRoot {

    private final Path root;

    private ImageRoot(Path root) {
        this.root = root;
    }

    static void unpack(Iterable<Path> layers, Path root) throws IOException {
        ImageRoot image = new ImageRoot(Files.createDirectories(root));
        for (Path layer : layers) {
            try (InputStream file = new BufferedInputStream(Files.newInputStream(layer), 1 << 16);
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16), "UTF-8")) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    image.unpack(entry, tar);
                }
            }
        }
    }

    private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
        Path path = inside(entry.getName());
        if (entry.isDirectory()) {
            Files.createDirectories(path);
        } else if (entry.isFile()) {
            Files.createDirectories(path.resolveSibling("."));
            Files.deleteIfExists(path);
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode() | 0600));
            Files.setLastModifiedTime(path, entry.getLastModifiedTime());
        }
    }

    private Path inside(String name) throws IOException {
        Path path = root.resolve(name).normalize();
        if (!path.startsWith(root)) {
            throw new IOException("'" + name + "' leads out of the image");
        }
        return path;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }
}
