package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A base of 500 MB with 100,000 files in 10,000 directories is read in 256 MB of memory. */
class LargeBaseIT {

    private static final int FILES = 100_000;
    private static final int FILE_SIZE = 5_000;

    @TempDir
    Path directory;

    @Test
    void memoryIsBounded() throws Exception {
        writeDockerArchive(directory.resolve("large.tar"));

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeBaseIT.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("AWS_OS_ONLY 10000");
    }

    /** Reads the base as a process of its own. */
    public static void main(String[] args) {
        BaseFacts facts = new TestReader(Path.of(args[0])).read("tar:large.tar").facts();
        System.out.print(facts.kind() + " " + facts.directories().size());
    }

    private static void writeDockerArchive(Path file) throws IOException {
        Path layer = file.resolveSibling("layer.tar");
        MessageDigest digest = Digest.newMessageDigest();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(layer))) {
            writeLayer(new DigestOutputStream(out, digest));
        }
        byte[] config = new TestImage(ImageFormat.DOCKER)
                .entrypoint("/lambda-entrypoint.sh")
                .environment("LAMBDA_TASK_ROOT=/var/task", "LAMBDA_RUNTIME_DIR=/var/runtime")
                .layer("", new byte[0], new byte[0])
                .diffId(0, Digest.of(digest))
                .config();
        byte[] manifest = "[{\"Config\":\"c.json\",\"Layers\":[\"layer.tar\"]}]".getBytes(StandardCharsets.UTF_8);
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            put(tar, "c.json", config);
            put(tar, "manifest.json", manifest);
            TarArchiveEntry entry = new TarArchiveEntry("layer.tar");
            entry.setSize(Files.size(layer));
            tar.putArchiveEntry(entry);
            Files.copy(layer, tar);
            tar.closeArchiveEntry();
        }
        Files.delete(layer);
    }

    private static void writeLayer(OutputStream out) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        byte[] content = new byte[FILE_SIZE];
        for (int i = 0; i < FILES; i++) {
            if (i % 10 == 0) {
                TarArchiveEntry entry = new TarArchiveEntry("usr/share/something/" + i / 10 + "/");
                entry.setMode(0700);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            // Every file matters by its name, the most that reading has to keep.
            put(tar, "usr/share/something/" + i / 10 + "/a-file-with-a-name-of-usual-length-" + i + ".jar", content);
        }
        tar.finish();
        tar.flush();
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
