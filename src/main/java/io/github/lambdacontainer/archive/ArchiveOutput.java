package io.github.lambdacontainer.archive;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.image.ImageLayer;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The entries of an image archive, written in a stream with fixed metadata. */
final class ArchiveOutput implements Closeable {

    private static final int BUFFER = 1 << 20;
    private static final int FILE_MODE = 0644;

    private final TarArchiveOutputStream tar;
    private final BlobCache blobs;
    private final Set<Digest> written = new HashSet<>();

    ArchiveOutput(OutputStream file, BlobCache blobs) {
        this.blobs = blobs;
        tar = tar(new BufferedOutputStream(file, BUFFER));
    }

    static TarArchiveOutputStream tar(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return tar;
    }

    void write(Image image, List<String> names, LayerFiles layers) throws IOException {
        text("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
        text("index.json", Indexes.ociIndex(image, names));
        text("manifest.json", Indexes.dockerManifest(image, names));
        json(image.manifestDescriptor(), image.manifest().bytes());
        json(image.configDescriptor(), image.config().bytes());
        for (ImageLayer layer : image.layers()) {
            layer(layer.descriptor(), layers);
        }
        tar.finish();
    }

    private void text(String name, String text) throws IOException {
        bytes(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void json(Descriptor descriptor, byte[] bytes) throws IOException {
        written.add(descriptor.digest());
        bytes(descriptor.digest().layoutPath(), bytes);
    }

    private void bytes(String name, byte[] bytes) throws IOException {
        open(name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private void layer(Descriptor layer, LayerFiles layers) throws IOException {
        if (written.add(layer.digest())) {
            open(layer.digest().layoutPath(), layer.size());
            Path file = layers.file(layer);
            new VerifiedBlob(layer, file, blobs.isVerified(layer.digest(), file)).copyTo(tar, BUFFER);
            tar.closeArchiveEntry();
        }
    }

    private void open(String name, long size) throws IOException {
        tar.putArchiveEntry(entry(name, size));
    }

    static TarArchiveEntry entry(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(FILE_MODE);
        entry.setLastModifiedTime(FileTime.fromMillis(0));
        entry.setIds(0, 0);
        return entry;
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
