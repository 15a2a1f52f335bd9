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

    static boolean isModular(ClassPathEntry entry) throws IOException {
        if (!entry.isJar()) {
            return Files.exists(entry.path().resolve(DESCRIPTOR));
        }
        try (ZipFile zip = new ZipFile(entry.path().toFile())) {
            return zip.stream().anyMatch(file -> file.getName().endsWith(DESCRIPTOR));
        }
    }

    /** How many bytes the files of an entry have, which is a little more than a copy takes. */
    static long size(ClassPathEntry entry) throws IOException {
        long size = 0;
        if (!entry.isJar()) {
            for (FileTrees.TreeFile file : FileTrees.files(entry.path())) {
                size += Files.size(file.path());
            }
            return size;
        }
        try (ZipFile zip = new ZipFile(entry.path().toFile())) {
            return zip.stream().mapToLong(ZipEntry::getSize).sum();
        }
    }

    static void copy(ClassPathEntry entry, Path target) throws IOException {
        if (entry.isJar()) {
            copyJar(entry.path(), target);
        } else {
            copyDirectory(entry.path(), target);
        }
    }

    private static void copyJar(Path jar, Path target) throws IOException {
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

    private static void copyDirectory(Path directory, Path target) throws IOException {
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
