package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.Layer;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Writes the gzip-compressed tar of one layer into the cache, and checks on the way that it holds what was planned. */
final class LayerWriter {

    private static final int BUFFER = 64 * 1024;

    private final Fingerprint wanted;
    private final TarWriter tar;
    private @Nullable TarContents contents;

    LayerWriter(Fingerprint wanted, TarWriter tar) {
        this.wanted = wanted;
        this.tar = tar;
    }

    /** The finished layer; nothing is kept of one that holds something else. */
    BuiltLayer write(BlobCache blobs, LayerStore store) throws IOException {
        Stored blob = blobs.storeNew(this::writeTo);
        TarContents written = contents;
        if (written == null) {
            throw new IllegalStateException("A blob was stored that was not written");
        }
        Layer layer = new Layer(wanted.plan().name(), blob.digest(), blob.size(), written.digest(), written.size());
        return store.remember(wanted, layer, blob.path());
    }

    private void writeTo(OutputStream out) throws IOException {
        try (LayerGzip gzip = new LayerGzip(out)) {
            TarContents written = new TarContents(gzip);
            // Tars are written in blocks of 512 bytes, each of which would be digested by itself.
            OutputStream steps = new BufferedOutputStream(written, BUFFER);
            tar.writeTo(steps);
            steps.flush();
            gzip.finish();
            check(written);
            contents = written;
        }
    }

    /** Fails if a file is not what it was when it was read first. */
    private void check(TarContents written) {
        Iterator<Digest> files = written.files().iterator();
        for (LayerEntry entry : wanted.plan().entries()) {
            if (entry instanceof LayerEntry.File file
                    && !(files.hasNext()
                            && files.next().equals(wanted.contents().get(entry.target())))) {
                throw new EnvironmentFailure(Problem.of(
                        "The " + Contents.describe(file.content()) + " changed while the layer '"
                                + wanted.plan().name() + "' was made of it.",
                        "Run the build again while nothing else writes there."));
            }
        }
    }
}
