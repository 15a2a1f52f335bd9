package io.github.lambdacontainer.base;

import io.github.lambdacontainer.elf.ElfFile;
import io.github.lambdacontainer.elf.ElfMachine;
import io.github.lambdacontainer.elf.ElfReader;
import io.github.lambdacontainer.elf.GlibcVersions;
import io.github.lambdacontainer.elf.MalformedElfException;
import io.github.lambdacontainer.image.Architecture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Which files of an image matter, and what is read of their content: a version, or nothing. */
record FileDetails(Architecture architecture) {

    private static final Pattern GLIBC = Pattern.compile("libc(\\.so\\.6|-2\\.\\d+\\.so)");
    private static final Pattern RELEASE = Pattern.compile("(?m)^JAVA_VERSION=\"?([^\"\r\n]*)\"?\\s*$");
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_MANIFEST_BYTES = 1 << 16;

    /** Whether a file that is not executable matters by its name. */
    static boolean matters(String name) {
        return name.endsWith(".jar")
                || name.equals("release")
                || GLIBC.matcher(name).matches()
                || name.startsWith("ld-musl-")
                || isLibrary(name)
                || name.contains(InterfaceClientFinder.NATIVE);
    }

    /** Whether a name is that of a shared library, such as {@code libz.so} or {@code libz.so.1}. */
    static boolean isLibrary(String name) {
        return name.startsWith("lib") && (name.endsWith(".so") || name.contains(".so."));
    }

    /** What the file's content says, empty text if that is nothing; or no value if the file is for another machine. */
    Optional<String> read(String name, long size, InputStream content) throws IOException {
        boolean told = name.equals("release")
                || name.equals("jrt-fs.jar")
                || GLIBC.matcher(name).matches();
        if (!told || size > MOST_BYTES) {
            return Optional.of("");
        }
        byte[] bytes = content.readNBytes((int) size);
        if (name.equals("release")) {
            Matcher version = RELEASE.matcher(new String(bytes, StandardCharsets.UTF_8));
            return Optional.of(version.find() ? version.group(1) : "");
        }
        return name.equals("jrt-fs.jar") ? Optional.of(specificationVersion(bytes)) : glibcVersion(bytes);
    }

    private static String specificationVersion(byte[] jar) {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("META-INF/MANIFEST.MF")) {
                    Manifest manifest = new Manifest(new ByteArrayInputStream(in.readNBytes(MOST_MANIFEST_BYTES)));
                    String version = manifest.getMainAttributes().getValue(Attributes.Name.SPECIFICATION_VERSION);
                    return Objects.requireNonNullElse(version, "");
                }
            }
            return "";
        } catch (IOException | IllegalArgumentException e) {
            return "";
        }
    }

    private Optional<String> glibcVersion(byte[] library) {
        try {
            Optional<ElfFile> elf = ElfReader.read(library);
            return elf.isPresent() && elf.get().machine() != machine()
                    ? Optional.empty()
                    : Optional.of(elf.flatMap(e -> GlibcVersions.highest(e.definedVersions()))
                            .orElse(""));
        } catch (MalformedElfException e) {
            return Optional.of("");
        }
    }

    private ElfMachine machine() {
        return architecture == Architecture.X86_64 ? ElfMachine.X86_64 : ElfMachine.AARCH64;
    }
}
