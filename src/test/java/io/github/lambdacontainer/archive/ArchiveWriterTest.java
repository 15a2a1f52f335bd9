package io.github.lambdacontainer.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveWriterTest {

    @TempDir
    Path directory;

    private SampleImage sample;
    private Path target;

    @BeforeEach
    void makeImage() {
        sample = SampleImage.make(directory.resolve("cache"), ImageFormat.OCI);
        target = directory.resolve("target/image.tar");
    }

    private static Map<String, byte[]> read(Path archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getMode() & 07777).isEqualTo(0644);
                assertThat(entry.getLastModifiedTime().toMillis()).isZero();
                assertThat(entries.put(entry.getName(), tar.readAllBytes())).isNull();
            }
        }
        return entries;
    }

    private static String text(Map<String, byte[]> entries, String name) {
        return new String(entries.get(name), StandardCharsets.UTF_8);
    }

    @Test
    void writesEachBlobOnceUnderItsDigest() throws IOException {
        sample.writeTo(target, "docker.io/library/hello:1");

        Map<String, byte[]> entries = read(target);
        assertThat(sample.image().layers()).hasSize(3);
        assertThat(entries).hasSize(3 + 2 + 2);
        entries.forEach((name, bytes) -> {
            if (name.startsWith("blobs/")) {
                assertThat(name).isEqualTo("blobs/sha256/" + Digest.of(bytes).hex());
            }
        });
    }

    @Test
    void leadsOciReadersToTheManifest() throws IOException {
        sample.writeTo(target, "docker.io/library/hello:1", "docker.io/library/hello:2");

        assertThat(text(read(target), "oci-layout")).isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(text(read(target), "index.json")).isEqualTo("""
                {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
                {"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"%s","size":%d,"annotations":\
                {"io.containerd.image.name":"docker.io/library/hello:1","org.opencontainers.image.ref.name":"1"}}]}""".formatted(
                        sample.image().digest(), sample.image().manifest().size()));
    }

    @Test
    void leadsDockerToTheConfigAndTheLayers() throws IOException {
        sample.writeTo(target, "docker.io/library/hello:1", "docker.io/library/hello:2");

        List<String> layers = sample.image().layers().stream()
                .map(layer -> "\"blobs/sha256/" + layer.descriptor().digest().hex() + "\"")
                .toList();
        assertThat(text(read(target), "manifest.json"))
                .isEqualTo("""
                [{"Config":"blobs/sha256/%s","RepoTags":["docker.io/library/hello:1","docker.io/library/hello:2"],\
                "Layers":[%s]}]""".formatted(sample.image().imageId().hex(), String.join(",", layers)));
    }

    @Test
    void writesAnImageWithoutAName() throws IOException {
        sample.writeTo(target);

        assertThat(text(read(target), "index.json")).doesNotContain("annotations");
        assertThat(text(read(target), "manifest.json")).contains("\"RepoTags\":[]");
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        sample.writeTo(target, "a:b");
        Path again = directory.resolve("again.tar");

        sample.writeTo(again, "a:b");

        assertThat(again).hasSameBinaryContentAs(target);
    }

    @Test
    void keepsThePreviousArchiveWhenABlobIsDamaged() throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "previous");
        Digest digest = sample.image().layers().get(2).descriptor().digest();
        long size = sample.image().layers().get(2).descriptor().size();
        Path blob = sample.files().get(digest);
        byte[] bytes = Files.readAllBytes(blob);
        bytes[20] ^= 1;
        Files.write(blob, bytes);

        assertThatThrownBy(() -> sample.writeTo(target))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The file '" + blob + "' does not hold the layer " + digest + " of " + size + " bytes."
                        + "\n  Next: Run the build again; what is damaged is made or fetched anew.");
        assertThat(target).hasContent("previous");
        try (Stream<Path> files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void refusesABlobThatIsTooShortOrTooLong() throws IOException {
        Path blob =
                sample.files().get(sample.image().layers().get(2).descriptor().digest());
        byte[] bytes = Files.readAllBytes(blob);
        for (int size : new int[] {bytes.length - 1, bytes.length + 1}) {
            Files.write(blob, Arrays.copyOf(bytes, size));

            assertThatThrownBy(() -> sample.writeTo(target))
                    .hasMessageStartingWith("The file '" + blob + "' does not hold");
            assertThat(target).doesNotExist();
        }
    }

    @Test
    void namesALayerThatIsGone() throws IOException {
        Digest digest = sample.image().layers().get(2).descriptor().digest();
        Path blob = sample.files().get(digest);
        Files.delete(blob);

        assertThatThrownBy(() -> sample.writeTo(target))
                .hasMessage("The layer " + digest + " could not be read from '" + blob
                        + "'.\n  Next: Run the build again; what is missing is made or fetched anew.");
    }

    @Test
    void namesATargetThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Path below = file.resolve("image.tar");

        assertThatThrownBy(() -> sample.writeTo(below))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The image could not be written to '" + below + "': '" + file
                        + "' is in the way, which is not a directory."
                        + "\n  Setting: <outputPaths><tar> (-Dlambda-container.outputPaths.tar)"
                        + "\n  Next: Free some space there, make the directory writable, or name another file.");
    }

    @Test
    void keepsThePreviousArchiveWhenTheDiskIsFullInTheMiddle() throws IOException {
        Files.createDirectories(target.getParent());
        Files.writeString(target, "previous");
        ArchiveWriter writer = new ArchiveWriter(
                new BlobCache(sample.cache()), file -> new SmallDisk(Files.newOutputStream(file), 2000));

        assertThatThrownBy(() -> writer.write(
                        target,
                        sample.image(),
                        List.of(),
                        layer -> sample.files().get(layer.digest())))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The image could not be written to '" + target + "': No space left on device."
                        + "\n  Setting: <outputPaths><tar> (-Dlambda-container.outputPaths.tar)"
                        + "\n  Next: Free some space there, make the directory writable, or name another file.");
        assertThat(target).hasContent("previous");
        try (Stream<Path> files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    /** Takes so many bytes, and then fails as a file system without space does. */
    private static final class SmallDisk extends FilterOutputStream {

        private int left;

        SmallDisk(OutputStream out, int size) {
            super(out);
            this.left = size;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, Math.min(left, length));
            left -= length;
            if (left < 0) {
                throw new IOException("No space left on device");
            }
        }
    }

    @Test
    void namesADirectoryInPlaceOfTheArchive() throws IOException {
        Files.createDirectories(target.resolve("child"));

        assertThatThrownBy(() -> sample.writeTo(target))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The image could not be written to '" + target + "': Is a directory."
                        + "\n  Setting: <outputPaths><tar> (-Dlambda-container.outputPaths.tar)"
                        + "\n  Next: Free some space there, make the directory writable, or name another file.");
        assertThat(target.resolve("child")).isDirectory();
    }

    @Test
    void refusesANameThatWouldBreakTheDocuments() {
        assertThatThrownBy(() -> sample.writeTo(target, "a\":b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'a\":b' is not the name of an image");
        assertThat(target).doesNotExist();
    }

    @Test
    void describesBlobsBeyondEightGibibytes() throws IOException {
        long size = (8L << 30) + 1;
        TarArchiveEntry entry = ArchiveOutput.entry("blobs/sha256/x", size);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = ArchiveOutput.tar(header);
        tar.putArchiveEntry(entry);
        tar.flush();

        TarArchiveInputStream back = new TarArchiveInputStream(new ByteArrayInputStream(header.toByteArray()));

        assertThat(back.getNextEntry().getSize()).isEqualTo(size);
    }
}
