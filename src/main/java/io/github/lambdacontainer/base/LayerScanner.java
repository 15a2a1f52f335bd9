package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.MeasuredInput;
import io.github.lambdacontainer.image.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads the entries of gzip layers, one after the other, into an {@link ImageTree}. */
record LayerScanner(ImageTree tree, FileDetails details) {

    private static final int BUFFER = 128 * 1024;
    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";
    private static final String WHITEOUT_METADATA = ".wh..wh.";

    /**
     * A tar that was read.
     *
     * @param diffId its digest
     * @param size its size in bytes
     */
    record Scanned(Digest diffId, long size) {}

    /** Applies a layer on top of those before it. */
    Scanned scan(int number, Path layer) throws IOException {
        tree.startLayer(number);
        // Large steps: the tar is read in small ones, and each would pass through inflating and digesting by itself.
        try (MeasuredInput content = new MeasuredInput(new GZIPInputStream(Files.newInputStream(layer), BUFFER));
                InputStream steps = new BufferedInputStream(content, BUFFER);
                TarArchiveInputStream tar = new TarArchiveInputStream(new PaddedTar(steps), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                apply(entry, tar);
            }
            steps.transferTo(OutputStream.nullOutputStream());
            return new Scanned(content.digest(), content.count());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void apply(TarArchiveEntry entry, InputStream content) throws IOException {
        List<String> path = Paths.parts(entry.getName());
        String name = path.isEmpty() ? "" : path.get(path.size() - 1);
        if (name.startsWith(WHITEOUT)) {
            applyWhiteout(path, name);
        } else if (entry.isDirectory()) {
            String owner = entry.getLongUserId() + ":" + entry.getLongGroupId();
            tree.putDirectory(path, entry.getMode() & 07777, owner);
        } else if (entry.isSymbolicLink()) {
            tree.putLink(path, entry.getLinkName());
        } else if (entry.isLink()) {
            tree.putHardLink(path, Paths.parts(entry.getLinkName()));
        } else {
            applyFile(path, name, entry, content);
        }
    }

    private void applyWhiteout(List<String> path, String name) {
        List<String> directory = path.subList(0, path.size() - 1);
        if (name.equals(OPAQUE)) {
            tree.opaque(directory);
        } else if (!name.startsWith(WHITEOUT_METADATA)) {
            tree.whiteout(Paths.parts(Paths.text(directory) + "/" + name.substring(WHITEOUT.length())));
        }
    }

    private void applyFile(List<String> path, String name, TarArchiveEntry entry, InputStream content)
            throws IOException {
        boolean executable = (entry.getMode() & 0111) != 0;
        if (isContent(entry) && (executable || FileDetails.matters(name))) {
            details.read(name, entry.getSize(), content)
                    .ifPresentOrElse(d -> tree.putFile(path, d), () -> tree.hide(path));
        } else {
            tree.hide(path);
        }
    }

    private static boolean isContent(TarArchiveEntry entry) {
        return !entry.isCharacterDevice() && !entry.isBlockDevice() && !entry.isFIFO();
    }
}
