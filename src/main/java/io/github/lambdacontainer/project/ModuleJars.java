package io.github.lambdacontainer.project;

import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs reactor modules that exist only as {@code target/classes}. The bytes depend on nothing but the files: entries
 * are sorted, stored without compression (which differs between JDKs), and carry one fixed time.
 */
final class ModuleJars {

    // ZIP's times begin in 1980; one month later no time zone reaches back over the border.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Path directory;

    /** Writes jars below a directory. */
    ModuleJars(Path directory) {
        this.directory = directory;
    }

    /** The module with these files as a jar; a jar that is there already with the same bytes is left alone. */
    Dependency pack(Dependency module, List<ProjectFile> files) {
        Path jar = directory.resolve(module.groupId()).resolve(fileName(module));
        try {
            Files.createDirectories(jar.getParent());
            Path beside = Files.createTempFile(jar.getParent(), ".", ".tmp");
            try {
                write(beside, files);
                if (!Files.exists(jar) || Files.mismatch(beside, jar) >= 0) {
                    Files.move(beside, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new EnvironmentFailure(ProjectProblems.notWritten(jar, e), e);
        }
        return new Dependency(
                module.groupId(), module.artifactId(), module.version(), module.classifier(), jar, module.origin());
    }

    private static String fileName(Dependency module) {
        String classifier = module.classifier().isEmpty() ? "" : "-" + module.classifier();
        return module.artifactId() + "-" + module.version() + classifier + ".jar";
    }

    private static void write(Path jar, List<ProjectFile> files) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (var entry : entries(files).entrySet()) {
                zip.putNextEntry(entry(entry.getKey(), entry.getValue()));
                if (!entry.getKey().endsWith("/")) {
                    Files.copy(entry.getValue(), zip);
                }
                zip.closeEntry();
            }
        }
    }

    // Frameworks that scan packages ask for directories, and JarInputStream wants the manifest first.
    private static Map<String, Path> entries(List<ProjectFile> files) {
        Map<String, Path> entries = new TreeMap<>(Comparator.comparing((String name) -> !MANIFEST.startsWith(name))
                .thenComparing(Comparator.naturalOrder()));
        for (ProjectFile file : files) {
            String path = file.relativePath();
            entries.put(path, file.source());
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                entries.put(path.substring(0, slash + 1), file.source());
            }
        }
        return entries;
    }

    private static ZipEntry entry(String name, Path file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(TIME);
        CRC32 crc = new CRC32();
        long size = 0;
        if (!name.endsWith("/")) {
            try (OutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), crc)) {
                size = Files.copy(file, sum);
            }
        }
        entry.setSize(size);
        entry.setCrc(crc.getValue());
        return entry;
    }
}
