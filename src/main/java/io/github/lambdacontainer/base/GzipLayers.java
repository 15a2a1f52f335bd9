package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Compresses layers that came uncompressed, which Lambda refuses, and remembers what became of each. */
record GzipLayers(BlobCache blobs, FactCache facts) {

    private static final String KIND = "gzip-layer-1";
    private static final Pattern FACT = Pattern.compile("(sha256:[0-9a-f]{64}) (\\d{1,18})");

    /** A layer has other content than its image's config says. */
    static final class OtherContentException extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient Digest found;

        OtherContentException(Digest found) {
            super(found.toString());
            this.found = found;
        }

        Digest found() {
            return found;
        }
    }

    /** Content that is opened only where it is needed. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    /**
     * The compressed form of an uncompressed layer.
     *
     * @throws OtherContentException if the layer has another digest than this; nothing is kept then
     */
    Stored compressed(Digest diffId, Content layer) throws IOException {
        Optional<Stored> known = remembered(diffId);
        if (known.isPresent()) {
            return known.get();
        }
        Stored stored;
        try (InputStream in = layer.open()) {
            stored = blobs.storeNew(out -> compress(in, out, diffId));
        }
        facts.write(KIND, diffId.hex(), stored.digest() + " " + stored.size());
        return stored;
    }

    private Optional<Stored> remembered(Digest diffId) {
        Matcher fact = FACT.matcher(facts.read(KIND, diffId.hex()).orElse(""));
        if (!fact.matches()) {
            return Optional.empty();
        }
        Digest digest = Digest.parse(fact.group(1));
        long size = Long.parseLong(fact.group(2));
        return blobs.find(digest, size).map(path -> new Stored(digest, size, path));
    }

    private static void compress(InputStream in, OutputStream out, Digest diffId) throws IOException {
        MessageDigest digest = Digest.newMessageDigest();
        GZIPOutputStream gzip = new GZIPOutputStream(out, 64 * 1024);
        in.transferTo(new DigestOutputStream(gzip, digest));
        gzip.finish();
        Digest found = Digest.of(digest);
        if (!found.equals(diffId)) {
            throw new OtherContentException(found);
        }
    }
}
