package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.MeasuredInput;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What a finished layer holds.
 *
 * @param diffId the digest of the tar
 * @param uncompressedSize the size of the tar
 * @param files the digest of each file by its name in the tar
 */
record LayerContents(Digest diffId, long uncompressedSize, Map<String, Digest> files) {

    static LayerContents read(Path blob) throws IOException {
        Map<String, Digest> files = new HashMap<>();
        try (MeasuredInput tar = new MeasuredInput(new GZIPInputStream(Files.newInputStream(blob), 1 << 16))) {
            TarArchiveInputStream entries = new TarArchiveInputStream(tar, StandardCharsets.UTF_8.name());
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.isFile()) {
                    files.put(entry.getName(), Digest.of(entries));
                }
            }
            tar.transferTo(OutputStream.nullOutputStream());
            return new LayerContents(tar.digest(), tar.count(), files);
        }
    }

    /** The name that an entry has in the tar. */
    static String entryName(LayerEntry entry) {
        return entry.target().substring(1) + (entry instanceof LayerEntry.Directory ? "/" : "");
    }

    /** Fails if a file is not what it was when it was read first. */
    void check(Fingerprint expected) {
        for (LayerEntry entry : expected.plan().entries()) {
            Digest before = expected.contents().get(entry.target());
            if (entry instanceof LayerEntry.File file && !Objects.equals(files.get(entryName(entry)), before)) {
                throw new EnvironmentFailure(Problem.of(
                        "The " + Contents.describe(file.content()) + " changed while the layer '"
                                + expected.plan().name() + "' was made of it.",
                        "Run the build again while nothing else writes there."));
            }
        }
    }
}
