package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.cache.Trees;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks layers into a directory: files with the sizes, times and modes that they have in the image. */
final class ImageRoot {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private final Path root;

    private ImageRoot(Path root) {
        this.root = root;
    }

    static void unpack(Iterable<Path> layers, Path root) throws IOException {
        ImageRoot image = new ImageRoot(Files.createDirectories(root).toRealPath());
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
        String name = Objects.toString(path.getFileName(), "");
        if (path.equals(root)) {
            return;
        }
        Path parent = realParent(path);
        Path real = parent.resolve(name);
        if (name.equals(OPAQUE)) {
            clear(parent);
        } else if (name.startsWith(WHITEOUT)) {
            Trees.delete(parent.resolve(name.substring(WHITEOUT.length())));
        } else if (entry.isDirectory()) {
            makeDirectory(real);
        } else if (entry.isSymbolicLink()) {
            Trees.delete(real);
            Files.createSymbolicLink(real, target(entry.getLinkName(), parent));
        } else if (entry.isLink()) {
            Path linked = inside(entry.getLinkName());
            Trees.delete(real);
            Files.createLink(real, realParent(linked).resolve(linked.getFileName()));
        } else if (entry.isFile()) {
            Trees.delete(real);
            Files.copy(content, real);
            Files.setPosixFilePermissions(real, permissions(entry.getMode() | 0600));
            Files.setLastModifiedTime(real, entry.getLastModifiedTime());
        }
    }

    /** Where the links of the image lead, which may not lead out of it. */
    private Path realParent(Path path) throws IOException {
        Path parent = path.resolveSibling(".").normalize();
        makeDirectory(parent);
        Path real = parent.toRealPath();
        if (!real.startsWith(root)) {
            throw new IOException("'" + root.relativize(path) + "' leads out of the image");
        }
        return real;
    }

    /** A directory in the place of a file; a link to a directory stays. */
    private static void makeDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.deleteIfExists(directory);
            Files.createDirectories(directory);
        }
    }

    private static void clear(Path directory) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                Trees.delete(child);
            }
        }
    }

    /** An absolute link starts at the root of the image; a relative one has the same meaning wherever that is. */
    private Path target(String link, Path parent) {
        if (!link.startsWith("/")) {
            return Path.of(link);
        }
        return parent.relativize(root.resolve(link.substring(1)).normalize());
    }

    private Path inside(String name) throws IOException {
        Path path = root.resolve(name.replaceFirst("^/+", "")).normalize();
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
