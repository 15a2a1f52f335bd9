package io.github.lambdacontainer.it;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The files of one layer of a base image that the tests make: by path in the image, owned by root. */
final class LayerFiles {

    /** Time of every file of a base image. */
    static final Instant TIME = Instant.ofEpochSecond(1);

    private final TreeMap<String, Entry> entries = new TreeMap<>();

    private sealed interface Entry {}

    private record Directory(int mode) implements Entry {}

    private record Link(String target) implements Entry {}

    private record Bytes(byte[] content, int mode) implements Entry {}

    private record Copy(Path file, int mode) implements Entry {}

    LayerFiles directory(String path, int mode) {
        parents(path);
        entries.put(path, new Directory(mode));
        return this;
    }

    LayerFiles link(String path, String target) {
        parents(path);
        entries.put(path, new Link(target));
        return this;
    }

    LayerFiles text(String path, String content, int mode) {
        return bytes(path, content.getBytes(StandardCharsets.UTF_8), mode);
    }

    LayerFiles bytes(String path, byte[] content, int mode) {
        parents(path);
        entries.put(path, new Bytes(content, mode));
        return this;
    }

    /** Puts a file of the build machine at a path; links are followed. */
    LayerFiles file(String path, Path file) {
        parents(path);
        entries.put(path, new Copy(file, Files.isExecutable(file) ? 0755 : 0644));
        return this;
    }

    /** Puts a directory of the build machine at a path; links inside it stay links. */
    LayerFiles tree(String path, Path directory) {
        try (var tree = Files.walk(directory)) {
            for (Path each : tree.toList()) {
                String name = each.equals(directory) ? path : path + "/" + directory.relativize(each);
                if (Files.isSymbolicLink(each)) {
                    link(name, Files.readSymbolicLink(each).toString());
                } else if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    directory(name, 0755);
                } else {
                    file(name, each);
                }
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts files of the build machine where they are there. */
    LayerFiles hostFiles(Iterable<Path> files) {
        files.forEach(file -> file(file.toString(), file));
        return this;
    }

    void writeTarGz(OutputStream to) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(
                new BufferedOutputStream(new FastGzip(to), 1 << 16), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var entry : entries.entrySet()) {
                write(tar, entry.getKey().substring(1), entry.getValue());
            }
        }
    }

    private static void write(TarArchiveOutputStream tar, String name, Entry content) throws IOException {
        if (content instanceof Directory directory) {
            put(tar, new TarArchiveEntry(name + "/"), directory.mode(), 0);
        } else if (content instanceof Link link) {
            TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
            entry.setLinkName(link.target());
            put(tar, entry, 0777, 0);
        } else if (content instanceof Bytes bytes) {
            put(tar, new TarArchiveEntry(name), bytes.mode(), bytes.content().length);
            tar.write(bytes.content());
        } else if (content instanceof Copy copy) {
            put(tar, new TarArchiveEntry(name), copy.mode(), Files.size(copy.file()));
            Files.copy(copy.file(), tar);
        }
        tar.closeArchiveEntry();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, int mode, long size) throws IOException {
        entry.setMode(mode);
        entry.setSize(size);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setModTime(TIME.toEpochMilli());
        tar.putArchiveEntry(entry);
    }

    private void parents(String path) {
        List<String> names = List.of(path.substring(1).split("/"));
        StringBuilder parent = new StringBuilder();
        for (String name : names.subList(0, names.size() - 1)) {
            parent.append('/').append(name);
            entries.putIfAbsent(parent.toString(), new Directory(0755));
        }
    }

    private static final class FastGzip extends GZIPOutputStream {

        FastGzip(OutputStream to) throws IOException {
            super(to, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
