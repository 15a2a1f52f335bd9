package io.github.lambdacontainer.layer;

import io.github.lambdacontainer.plan.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a jar whose bytes depend on nothing but the files in it. Entries are stored as they are: the layer is compressed,
 * and a start need not unpack them.
 */
final class ClassesJar {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    /** For the first moment of 1980 the JDK would write a second time, one that depends on the time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private ClassesJar() {}

    /** Writes the manifest first, where readers of jar streams look for it, and the directories, which scanners of packages ask for. */
    static void write(Content.Jar jar, OutputStream out) throws IOException {
        Map<String, Content.Jar.Entry> files = new LinkedHashMap<>();
        jar.files().stream().filter(file -> isManifest(file)).forEach(file -> files.put(file.name(), file));
        jar.files().forEach(file -> files.putIfAbsent(file.name(), file));
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setMethod(ZipOutputStream.STORED);
        Set<String> directories = new HashSet<>();
        for (Content.Jar.Entry file : files.values()) {
            writeParents(file.name(), zip, directories);
            write(file.name(), Files.readAllBytes(file.source()), zip);
        }
        zip.finish();
    }

    private static boolean isManifest(Content.Jar.Entry file) {
        return file.name().equals(MANIFEST);
    }

    private static void writeParents(String path, ZipOutputStream zip, Set<String> written) throws IOException {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String directory = path.substring(0, slash + 1);
            if (written.add(directory)) {
                write(directory, new byte[0], zip);
            }
        }
    }

    private static void write(String name, byte[] bytes, ZipOutputStream zip) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setTimeLocal(TIME);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
