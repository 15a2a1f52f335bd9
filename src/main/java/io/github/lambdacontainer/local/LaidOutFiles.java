package io.github.lambdacontainer.local;

import io.github.lambdacontainer.layer.Contents;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The files of planned layers below a directory, each at its path in the image, with the size, time and mode it has
 * there: a startup archive is only taken where those are the same.
 */
final class LaidOutFiles {

    private final Path root;

    LaidOutFiles(Path root) {
        this.root = root;
    }

    void write(List<LayerPlan> layers, Instant time) throws IOException {
        for (LayerPlan layer : layers) {
            for (LayerEntry entry : layer.entries()) {
                write(entry, FileTime.from(time));
            }
        }
    }

    private void write(LayerEntry entry, FileTime time) throws IOException {
        Path path = root.resolve(entry.target().substring(1)).normalize();
        if (!path.startsWith(root) || path.equals(root)) {
            throw new IOException("'" + entry.target() + "' is no path of an image");
        }
        if (entry instanceof LayerEntry.File file) {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            Contents.write(file.content(), path);
            Files.setPosixFilePermissions(path, permissions(file.mode()));
            Files.setLastModifiedTime(path, time);
        } else {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, permissions(entry.mode() | 0700));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 9; bit++) {
            text.append((mode & (0400 >> bit)) == 0 ? '-' : "rwx".charAt(bit % 3));
        }
        return PosixFilePermissions.fromString(text.toString());
    }
}
