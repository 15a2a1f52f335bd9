package io.github.lambdacontainer.archive;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.image.Image;
import io.github.lambdacontainer.problem.DiskReason;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import io.github.lambdacontainer.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/**
 * Writes an image as one tar that is both an OCI image layout (OCI image specification, image-layout.md) and what
 * {@code docker load} reads, as {@code docker save} of Docker 25 and later writes it. The same image makes the same bytes.
 */
public final class ArchiveWriter {

    /** Opens the file that is written. */
    @FunctionalInterface
    interface Disk {
        OutputStream create(Path file) throws IOException;
    }

    private final BlobCache blobs;
    private final Disk disk;

    /** A writer to this machine's disks; what this cache has verified is not digested again. */
    public ArchiveWriter(BlobCache blobs) {
        this(blobs, file -> Files.newOutputStream(file));
    }

    ArchiveWriter(BlobCache blobs, Disk disk) {
        this.blobs = blobs;
        this.disk = disk;
    }

    /**
     * Writes the archive beside its final name and renames it; a failure leaves what was there before.
     *
     * @param target the file to write
     * @param image the image
     * @param names full names with a tag, such as {@code docker.io/library/hello:latest}; may be empty
     * @param layers where the blobs of the layers are
     * @throws EnvironmentFailure if it cannot be written, or a blob is not what its descriptor says
     */
    public void write(Path target, Image image, List<String> names, LayerFiles layers) {
        Path unfinished = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try (ArchiveOutput out = new ArchiveOutput(disk.create(unfinished), blobs)) {
                out.write(image, names, layers);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw unwritable(target, e);
        } finally {
            deleteIfThere(unfinished);
        }
    }

    private static void deleteIfThere(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // The failure that led here says what is wrong with the directory.
            return;
        }
    }

    private static EnvironmentFailure unwritable(Path target, IOException cause) {
        return new EnvironmentFailure(
                Problem.of(
                        "The image could not be written to '" + target + "': " + DiskReason.of(cause) + ".",
                        "outputPaths.tar",
                        "Free some space there, make the directory writable, or name another file."),
                cause);
    }
}
