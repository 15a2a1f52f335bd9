package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.Stored;
import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.plan.LayerEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The set-user, set-group and sticky bits, as on {@code /tmp} (01777): Jib has no way to say them, so they are put in afterwards. */
final class SpecialModes {

    private static final int PERMISSIONS = 07777;

    private SpecialModes() {}

    /** Stores a layer that Jib made, with the special bits of its plan. */
    static Stored store(InputStream layer, Descriptor made, Fingerprint wanted, BlobCache blobs) throws IOException {
        Map<String, Integer> special = wanted.plan().entries().stream()
                .filter(entry -> entry.mode() > 0777)
                .collect(Collectors.toMap(LayerContents::entryName, LayerEntry::mode));
        return special.isEmpty()
                ? new Stored(made.digest(), made.size(), blobs.store(made.digest(), made.size(), layer))
                : blobs.storeNew(out -> rewrite(layer, special, out));
    }

    private static void rewrite(InputStream layer, Map<String, Integer> special, OutputStream out) throws IOException {
        GZIPOutputStream gzip = new GZIPOutputStream(out);
        TarArchiveOutputStream to = new TarArchiveOutputStream(gzip, StandardCharsets.UTF_8.name());
        to.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        to.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        to.setAddPaxHeadersForNonAsciiNames(true);
        TarArchiveInputStream from =
                new TarArchiveInputStream(new GZIPInputStream(layer), StandardCharsets.UTF_8.name());
        for (TarArchiveEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            int permissions = entry.getMode() & PERMISSIONS;
            int type = entry.getMode() - permissions;
            entry.setMode(type + special.getOrDefault(entry.getName(), permissions));
            to.putArchiveEntry(entry);
            from.transferTo(to);
            to.closeArchiveEntry();
        }
        to.finish();
        gzip.finish();
    }
}
