package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** The set-user, set-group and sticky bits, as on {@code /tmp} (01777): Jib has no way to say them, so they are put in afterwards. */
final class SpecialModes {

    private static final int PERMISSIONS = 07777;

    private SpecialModes() {}

    /** The tar that Jib makes, with the special bits of its plan. */
    static TarWriter of(LayerPlan plan, TarWriter tar, Path scratch) {
        Map<String, Integer> special = plan.entries().stream()
                .filter(entry -> entry.mode() > 0777)
                .collect(Collectors.toMap(SpecialModes::entryName, LayerEntry::mode));
        return special.isEmpty() ? tar : out -> rewrite(tar, special, scratch, out);
    }

    /** The name that an entry has in the tar. */
    private static String entryName(LayerEntry entry) {
        return entry.target().substring(1) + (entry instanceof LayerEntry.Directory ? "/" : "");
    }

    private static void rewrite(TarWriter tar, Map<String, Integer> special, Path scratch, OutputStream out)
            throws IOException {
        try (OutputStream made = new BufferedOutputStream(Files.newOutputStream(scratch))) {
            tar.writeTo(made);
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(scratch));
                TarArchiveInputStream from = new TarArchiveInputStream(in, StandardCharsets.UTF_8.name())) {
            copy(from, special, out);
        }
    }

    private static void copy(TarArchiveInputStream from, Map<String, Integer> special, OutputStream out)
            throws IOException {
        TarArchiveOutputStream to = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        to.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        to.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        to.setAddPaxHeadersForNonAsciiNames(true);
        for (TarArchiveEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
            int permissions = entry.getMode() & PERMISSIONS;
            int type = entry.getMode() - permissions;
            entry.setMode(type + special.getOrDefault(entry.getName(), permissions));
            to.putArchiveEntry(entry);
            from.transferTo(to);
            to.closeArchiveEntry();
        }
        to.finish();
    }
}
