package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.Trees;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a gzip layer on top of those before it (OCI image specification, layer.md, "Applying Changesets"). Nothing is
 * written outside of the root, whatever links say. Devices are left out, and owners and special modes are not kept: a
 * user can set none of them.
 */
public final class LayerUnpacker {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final int MOST_LINKS = 40;

    private final Path root;
    private final Set<Path> written = new HashSet<>();

    /** Unpacks into this directory, which has to be there. */
    public LayerUnpacker(Path root) {
        this.root = root;
    }

    /**
     * Unpacks the layer on top of what is there.
     *
     * @throws IOException if the file is no such layer, or the disk refuses
     */
    public void unpack(Path layer) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(layer), 64 * 1024);
                InputStream content = new GZIPInputStream(file, 64 * 1024);
                TarArchiveInputStream tar = new TarArchiveInputStream(new PaddedTar(content), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(entry, tar);
            }
        }
    }

    private void unpack(TarArchiveEntry entry, InputStream content) throws IOException {
        List<String> parts = Paths.parts(entry.getName());
        if (parts.isEmpty()) {
            return;
        }
        Path directory = directory(parts.subList(0, parts.size() - 1));
        String name = parts.get(parts.size() - 1);
        if (name.equals(OPAQUE)) {
            clear(directory);
        } else if (name.startsWith(WHITEOUT)) {
            remove(directory.resolve(name.substring(WHITEOUT.length())));
        } else {
            write(entry, directory.resolve(name), content);
        }
    }

    private void write(TarArchiveEntry entry, Path path, InputStream content) throws IOException {
        written.add(path);
        boolean directory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (!(directory && entry.isDirectory())) {
            Trees.delete(path);
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode() | 0700));
        } else if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, linkTarget(path, entry.getLinkName()));
        } else if (entry.isLink()) {
            link(path, Paths.parts(entry.getLinkName()));
        } else if (isContent(entry)) {
            Files.copy(content, path, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(path, permissions(entry.getMode() | 0400));
            Files.setLastModifiedTime(
                    path, FileTime.from(entry.getLastModifiedDate().toInstant()));
        }
    }

    private static boolean isContent(TarArchiveEntry entry) {
        return !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO();
    }

    private void link(Path path, List<String> target) throws IOException {
        if (!target.isEmpty()) {
            Path existing = directory(target.subList(0, target.size() - 1)).resolve(target.get(target.size() - 1));
            if (Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
                Files.createLink(path, existing);
            }
        }
    }

    /** An absolute target is meant from the root of the image, so it is written from where the link is. */
    private Path linkTarget(Path link, String target) {
        if (!target.startsWith("/")) {
            return Path.of(target);
        }
        Path parent = link.getParent();
        Path absolute = root.resolve(String.join("/", Paths.parts(target)));
        return parent == null ? absolute : parent.relativize(absolute);
    }

    private void clear(Path directory) throws IOException {
        List<Path> children;
        try (Stream<Path> list = Files.list(directory)) {
            children = list.toList();
        }
        for (Path child : children) {
            remove(child);
        }
    }

    /** Removes what is there from lower layers. */
    private void remove(Path path) throws IOException {
        if (written.stream().noneMatch(own -> own.startsWith(path))) {
            Trees.delete(path);
        }
    }

    /** The directory that a path of the image leads to, made where it is not there; links never lead out of the root. */
    private Path directory(List<String> path) throws IOException {
        Deque<String> open = new ArrayDeque<>(path);
        Path at = root;
        int links = 0;
        while (!open.isEmpty()) {
            String name = open.pop();
            if (name.equals("..")) {
                at = at.equals(root) ? root : parent(at);
                continue;
            }
            Path next = at.resolve(name);
            if (Files.isSymbolicLink(next)) {
                if (++links > MOST_LINKS) {
                    throw new FileSystemLoopException(next.toString());
                }
                List<String> target =
                        List.of(Files.readSymbolicLink(next).toString().split("/"));
                for (int i = target.size() - 1; i >= 0; i--) {
                    open.push(target.get(i).isEmpty() ? "." : target.get(i));
                }
            } else if (!name.equals(".")) {
                if (!Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
                    Files.deleteIfExists(next);
                    Files.createDirectory(next);
                }
                at = next;
            }
        }
        return at;
    }

    private Path parent(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] highestFirst = {
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE,
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE
        };
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < highestFirst.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(highestFirst[i]);
            }
        }
        return permissions;
    }
}
