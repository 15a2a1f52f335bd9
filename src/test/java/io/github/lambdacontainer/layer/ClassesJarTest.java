package io.github.lambdacontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.plan.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassesJarTest {

    @TempDir
    Path directory;

    private Content.Jar.Entry entry(String name, String text) throws IOException {
        Path file = Files.createTempFile(directory, "source", "");
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.nanoTime() / 1_000));
        return new Content.Jar.Entry(name, file);
    }

    private byte[] jar() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ClassesJar.write(
                new Content.Jar(List.of(
                        entry("META-INF/LICENSE", "free"),
                        entry("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMulti-Release: true\n"),
                        entry("com/acme/App.class", "bytes"))),
                out);
        return out.toByteArray();
    }

    @Test
    void theManifestComesFirstAndEveryDirectoryHasAnEntry() throws IOException {
        byte[] jar = jar();

        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            }
        }
        assertThat(names)
                .containsExactly(
                        "META-INF/",
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "com/",
                        "com/acme/",
                        "com/acme/App.class");
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar))) {
            assertThat(in.getManifest().getMainAttributes().getValue("Multi-Release"))
                    .isEqualTo("true");
        }
    }

    @Test
    void theSameFilesMakeTheSameBytesWhateverTheirTimesAndTheTimeZone() throws IOException {
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            byte[] there = jar();
            TimeZone.setDefault(TimeZone.getTimeZone("America/Lima"));
            assertThat(jar()).isEqualTo(there);
        } finally {
            TimeZone.setDefault(zone);
        }
    }
}
