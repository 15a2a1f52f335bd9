package io.github.lambdacontainer.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies of jars and class directories, as jars without what a class path does not look at: module descriptors, whose
 * requirements jdeps would insist on, and signatures.
 */
final class PlainJar {

    private static final String DESCRIPTOR = "module-info.class";

    private PlainJar() {}

    static boolean isModular(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().anyMatch(entry -> entry.getName().endsWith(DESCRIPTOR));
        }
    }

    static void copy(Path jar, Path target) throws IOException {
        Set<String> names = new HashSet<>();
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(target);
                ZipOutputStream copy = new ZipOutputStream(out)) {
            copy.setLevel(Deflater.NO_COMPRESSION);
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (isRead(entry.getName()) && names.add(entry.getName())) {
                    copy.putNextEntry(new ZipEntry(entry.getName()));
                    zip.getInputStream(entry).transferTo(copy);
                    copy.closeEntry();
                }
            }
        }
    }

    static void copyDirectory(Path directory, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target);
                ZipOutputStream copy = new ZipOutputStream(out)) {
            copy.setLevel(Deflater.NO_COMPRESSION);
            for (FileTrees.TreeFile file : FileTrees.files(directory)) {
                if (isRead(file.name())) {
                    copy.putNextEntry(new ZipEntry(file.name()));
                    Files.copy(file.path(), copy);
                    copy.closeEntry();
                }
            }
        }
    }

    private static boolean isRead(String name) {
        return name.equals(JarFile.MANIFEST_NAME) || (name.endsWith(".class") && !name.endsWith(DESCRIPTOR));
    }
}
