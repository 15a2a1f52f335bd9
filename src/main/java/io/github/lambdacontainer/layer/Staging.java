package io.github.lambdacontainer.layer;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gives every planned entry a file on disk, as Jib wants it. */
final class Staging {

    private static final String ROOT = "0:0";

    private final Path work;
    private final Instant time;
    private int files;

    Staging(Path work, Instant time) {
        this.work = work;
        this.time = time;
    }

    List<FileEntry> stage(LayerPlan plan) throws IOException {
        List<FileEntry> staged = new ArrayList<>();
        for (LayerEntry entry : plan.entries()) {
            staged.add(
                    entry instanceof LayerEntry.File file
                            ? entry(source(file.content()), file, ROOT)
                            : entry(work, entry, ((LayerEntry.Directory) entry).owner()));
        }
        return staged;
    }

    /** A path for one more scratch file. */
    Path scratch() {
        return work.resolve(Integer.toString(files++));
    }

    /** Bits above 0777 are none of Jib's: {@link SpecialModes} adds them. */
    private FileEntry entry(Path source, LayerEntry entry, String owner) {
        FilePermissions permissions = FilePermissions.fromOctalString(String.format("%03o", entry.mode() & 0777));
        return new FileEntry(source, AbsoluteUnixPath.get(entry.target()), permissions, time, owner);
    }

    private Path source(Content content) throws IOException {
        return content instanceof Content.OnDisk file ? file.path() : Contents.write(content, scratch());
    }
}
