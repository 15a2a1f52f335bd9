package io.github.lambdacontainer.build;

import io.github.lambdacontainer.archive.ArchiveWriter;
import io.github.lambdacontainer.archive.WrittenArchives;
import io.github.lambdacontainer.build.BuildRequest.Outputs;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.report.BuildLog;
import io.github.lambdacontainer.report.ReportFiles;
import java.nio.file.Path;

/** Writes images as files, with the reports on them beside. */
final class ImageWriter {

    private final FactCache facts;
    private final BuildLog log;

    ImageWriter(FactCache facts, BuildLog log) {
        this.facts = facts;
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
        WrittenArchives written = new WrittenArchives(facts);
        if (!written.holds(tar, built.image(), built.names())) {
            new ArchiveWriter().write(tar, built.image(), built.names(), built::file);
            written.remember(tar, built.image(), built.names());
        }
    }
}
