package io.github.lambdacontainer.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes tars entry by entry, also such as no sane tool writes; names are taken as they are. */
public final class TarBuilder {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

    public TarBuilder() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    /** Long names as GNU tar writes them, instead of PAX headers. */
    public TarBuilder gnu() {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setAddPaxHeadersForNonAsciiNames(false);
        return this;
    }

    public TarBuilder directory(String path) {
        return directory(path, 0755, 0, 0);
    }

    public TarBuilder directory(String path, int mode, long uid, long gid) {
        TarArchiveEntry entry = new TarArchiveEntry(path.endsWith("/") ? path : path + "/", TarConstants.LF_DIR, true);
        entry.setMode(mode);
        entry.setUserId(uid);
        entry.setGroupId(gid);
        return add(entry, new byte[0]);
    }

    public TarBuilder file(String path, String content) {
        return file(path, 0644, content.getBytes(StandardCharsets.UTF_8));
    }

    public TarBuilder executable(String path, String content) {
        return file(path, 0755, content.getBytes(StandardCharsets.UTF_8));
    }

    public TarBuilder file(String path, int mode, byte[] content) {
        TarArchiveEntry entry = new TarArchiveEntry(path, TarConstants.LF_NORMAL, true);
        entry.setMode(mode);
        entry.setSize(content.length);
        return add(entry, content);
    }

    public TarBuilder symlink(String path, String target) {
        return link(path, target, TarConstants.LF_SYMLINK);
    }

    public TarBuilder hardLink(String path, String target) {
        return link(path, target, TarConstants.LF_LINK);
    }

    public TarBuilder device(String path) {
        return add(new TarArchiveEntry(path, TarConstants.LF_CHR, true), new byte[0]);
    }

    /** Removes what lower layers have at this path. */
    public TarBuilder whiteout(String path) {
        int name = path.lastIndexOf('/') + 1;
        return file(path.substring(0, name) + ".wh." + path.substring(name), "");
    }

    /** Removes what lower layers have in this directory. */
    public TarBuilder opaque(String directory) {
        return file(directory + "/.wh..wh..opq", "");
    }

    private TarBuilder link(String path, String target, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        entry.setLinkName(target);
        return add(entry, new byte[0]);
    }

    private TarBuilder add(TarArchiveEntry entry, byte[] content) {
        try {
            entry.setModTime(1000L);
            tar.putArchiveEntry(entry);
            tar.write(content);
            tar.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tar; nothing can be added afterwards. */
    public byte[] build() {
        try {
            tar.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
