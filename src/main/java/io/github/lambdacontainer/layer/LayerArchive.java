package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.BaseImage;
import io.github.lambdacontainer.image.BaseLayer;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.image.Layer;
import io.github.lambdacontainer.image.RawJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * The archive that Jib wrote, an OCI image layout.
 *
 * @param file the archive
 * @param manifest the digest of its manifest
 * @param config the digest of its config
 */
record LayerArchive(Path file, Digest manifest, Digest config) {

    /** Takes the layers out of the archive into the cache, each checked to hold what its fingerprint says. */
    List<BuiltLayer> take(List<Fingerprint> wanted, LayerStore store) throws IOException {
        try (TarFile tar = new TarFile(file)) {
            List<BaseLayer> layers = BaseImage.parse(
                            ImageFormat.OCI.manifestType(), json(tar, manifest), json(tar, config))
                    .layers();
            if (layers.size() != wanted.size()) {
                throw new IOException(layers.size() + " layers were made where " + wanted.size() + " were asked for");
            }
            List<BuiltLayer> taken = new ArrayList<>();
            for (int i = 0; i < wanted.size(); i++) {
                taken.add(take(tar, layers.get(i), wanted.get(i), store));
            }
            return taken;
        }
    }

    private static BuiltLayer take(TarFile tar, BaseLayer made, Fingerprint wanted, LayerStore store)
            throws IOException {
        Stored blob;
        try (InputStream in = open(tar, made.descriptor().digest())) {
            blob = SpecialModes.store(in, made.descriptor(), wanted, store.blobs());
        }
        LayerContents contents = LayerContents.read(blob.path());
        contents.check(wanted);
        Layer layer = new Layer(
                wanted.plan().name(), blob.digest(), blob.size(), contents.diffId(), contents.uncompressedSize());
        return store.remember(wanted, layer, blob.path());
    }

    private static RawJson json(TarFile tar, Digest digest) throws IOException {
        try (InputStream in = open(tar, digest)) {
            return new RawJson(in.readAllBytes());
        }
    }

    private static InputStream open(TarFile tar, Digest digest) throws IOException {
        String name = digest.layoutPath();
        for (TarArchiveEntry entry : tar.getEntries()) {
            if (entry.getName().equals(name)) {
                return tar.getInputStream(entry);
            }
        }
        throw new IOException("'" + name + "' is missing");
    }
}
