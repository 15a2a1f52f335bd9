package io.github.lambdacontainer.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** The files of an image in an uncompressed tar; links between its members are followed, as older archives share layers so. */
final class ArchiveFiles implements ImageFiles {

    private static final int MOST_LINKS = 10;

    private final TarFile tar;
    private final Map<String, TarArchiveEntry> members = new HashMap<>();

    /** Opens the archive and reads the headers of its members. */
    ArchiveFiles(Path file) throws IOException {
        try {
            this.tar = new TarFile(file, "UTF-8");
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
        for (TarArchiveEntry entry : tar.getEntries()) {
            members.put(Paths.text(Paths.parts(entry.getName())), entry);
        }
    }

    @Override
    public OptionalLong size(String path) {
        return member(path).map(e -> OptionalLong.of(e.getSize())).orElse(OptionalLong.empty());
    }

    @Override
    public InputStream open(String path) throws IOException {
        return tar.getInputStream(member(path).orElseThrow(() -> new IOException("'" + path + "' is missing")));
    }

    @Override
    public Optional<Path> local(String path) {
        return Optional.empty();
    }

    private Optional<TarArchiveEntry> member(String path) {
        String at = Paths.text(Paths.parts(path));
        for (int links = 0; links < MOST_LINKS; links++) {
            TarArchiveEntry entry = members.get(at);
            if (entry == null || entry.isDirectory()) {
                return Optional.empty();
            }
            if (entry.isSymbolicLink()) {
                at = Paths.text(Paths.parts(at + "/../" + entry.getLinkName()));
            } else if (entry.isLink()) {
                at = Paths.text(Paths.parts(entry.getLinkName()));
            } else {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
