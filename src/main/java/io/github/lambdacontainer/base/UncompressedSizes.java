package io.github.lambdacontainer.base;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * The sizes of the tars that the blobs of base layers unpack to, each found out once. The fact {@code uncompressed-size}
 * under the hexadecimal diff ID holds the number of bytes.
 *
 * @param facts where they are remembered
 */
public record UncompressedSizes(FactCache facts) {

    private static final String KIND = "uncompressed-size";

    /** The size of the tar with this diff ID in bytes; unpacks the blob, gzip-compressed or not, if it is not known. */
    public long of(Digest diffId, Supplier<Path> blob) {
        return known(diffId).orElseGet(() -> {
            long size = measure(blob.get());
            remember(diffId, size);
            return size;
        });
    }

    void remember(Digest diffId, long size) {
        facts.write(KIND, diffId.hex(), Long.toString(size));
    }

    private Optional<Long> known(Digest diffId) {
        return facts.read(KIND, diffId.hex())
                .filter(fact -> fact.matches("[0-9]{1,18}"))
                .map(Long::valueOf);
    }

    private static long measure(Path blob) {
        try (InputStream file = Files.newInputStream(blob);
                InputStream in = Magic.of(blob) == Magic.GZIP ? new GZIPInputStream(file, 1 << 16) : file) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new EnvironmentFailure(
                    Problem.of(
                            "The layer of the base image in '" + blob + "' could not be unpacked: " + DiskReason.of(e)
                                    + ".",
                            "from.image",
                            "Use another base image, or have this one built and pushed again."),
                    e);
        }
    }
}
