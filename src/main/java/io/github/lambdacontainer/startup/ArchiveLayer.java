package io.github.lambdacontainer.startup;

import io.github.lambdacontainer.plan.StartupPlan;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** The layer that a startup archive is in: that one file, and the directories above it. */
final class ArchiveLayer {

    private static final int BUFFER = 1 << 16;

    private ArchiveLayer() {}

    /**
     * Copies the archive out of a layer that is read to its end.
     *
     * @throws IOException if the layer cannot be read, or holds anything else
     */
    static void copy(InputStream layer, StartupPlan plan, OutputStream out) throws IOException {
        boolean found = false;
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(layer, BUFFER))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.isDirectory()) {
                    continue;
                }
                if (found
                        || entry.getLinkFlag() != TarConstants.LF_NORMAL
                        || !plan.file().equals("/" + entry.getName())) {
                    throw new IOException("its top layer holds '" + entry.getName() + "'");
                }
                tar.transferTo(out);
                found = true;
            }
            if (!found) {
                throw new IOException("its top layer holds no " + plan.kind());
            }
            layer.transferTo(OutputStream.nullOutputStream());
        }
    }
}
