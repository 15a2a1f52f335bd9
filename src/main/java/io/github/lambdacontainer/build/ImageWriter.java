package io.github.lambdacontainer.build;

import io.github.lambdacontainer.archive.ArchiveWriter;
import io.github.lambdacontainer.archive.WrittenArchives;
import io.github.lambdacontainer.build.BuildRequest.Outputs;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.report.ReportFiles;
import java.nio.file.Path;

/** Writes images as files, with the reports on them beside. */
final class ImageWriter {

    private final Rooms rooms;
    private final BuildLog log;

    ImageWriter(Rooms rooms, BuildLog log) {
        this.rooms = rooms;
        this.log = log;
    }

    void write(BuiltImage built) {
        Outputs outputs = built.request().outputs();
        try (ReportFiles.Prepared prepared = outputs.reports().prepare(built.report())) {
            writeArchive(outputs.tar(), built);
            prepared.publish();
        }
        log.written(outputs.tar(), built.image().digest());
    }

    private void writeArchive(Path tar, BuiltImage built) {
        WrittenArchives written = new WrittenArchives(rooms.facts());
        if (!written.holds(tar, built.image(), built.names())) {
            new ArchiveWriter(rooms.blobs()).write(tar, built.image(), built.names(), built::file);
            written.remember(tar, built.image(), built.names());
        }
    }
}
