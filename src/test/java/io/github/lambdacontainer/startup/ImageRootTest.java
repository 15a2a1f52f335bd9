package io.github.lambdacontainer.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ImageRootTest {

    private static final FileTime TIME = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path directory;

    private int layers;

    /** Writes one entry of a layer. */
    private interface Entry {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private Path layer(Entry... entries) throws IOException {
        Path layer = directory.resolve("layer" + layers++);
        try (OutputStream file = Files.newOutputStream(layer);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
            for (Entry entry : entries) {
                entry.write(tar);
            }
        }
        return layer;
    }

    private static Entry file(String name, int mode, String text) {
        return tar -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(name, true);
            entry.setSize(bytes.length);
            entry.setMode(mode);
            entry.setLastModifiedTime(TIME);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        };
    }

    private static Entry link(String name, String target, byte kind) {
        return tar -> {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
            entry.setLinkName(target);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        };
    }

    private Path unpack(Path... from) throws IOException {
        Path root = directory.resolve("root");
        ImageRoot.unpack(List.of(from), root);
        return root;
    }

    @Test
    void filesKeepTimeSizeAndMode() throws IOException {
        Path root = unpack(layer(file("opt/java/bin/java", 0755, "java"), file("var/task/a.jar", 0444, "jar")));

        Path java = root.resolve("opt/java/bin/java");
        assertThat(java).hasContent("java").isExecutable();
        assertThat(Files.getLastModifiedTime(java)).isEqualTo(TIME);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("var/task/a.jar"))))
                .isEqualTo("rw-r--r--");
    }

    @Test
    void linksLeadToTheImagesOwnFilesWhereverItIs() throws IOException {
        Path root = unpack(layer(
                file("usr/lib/jvm/17/bin/java", 0755, "java"),
                link("etc/alternatives/java", "/usr/lib/jvm/17/bin/java", TarConstants.LF_SYMLINK),
                link("usr/bin/java", "../../etc/alternatives/java", TarConstants.LF_SYMLINK),
                link("lib", "usr/lib", TarConstants.LF_SYMLINK),
                link("usr/lib/jvm/17/bin/same", "usr/lib/jvm/17/bin/java", TarConstants.LF_LINK),
                file("lib/libz.so", 0644, "z")));

        Path moved = Files.move(root, directory.resolve("moved"));
        assertThat(moved.resolve("usr/bin/java")).hasContent("java");
        assertThat(moved.resolve("usr/lib/jvm/17/bin/same")).hasContent("java");
        assertThat(moved.resolve("usr/lib/libz.so")).hasContent("z");
        assertThat(moved.resolve("lib")).isSymbolicLink();
    }

    @Test
    void aLayerRemovesWhatItHides() throws IOException {
        Path root = unpack(
                layer(file("a/one", 0644, "1"), file("a/two", 0644, "2"), file("b/three", 0644, "3")),
                layer(file("a/.wh.one", 0644, ""), file("b/.wh..wh..opq", 0644, ""), file("b/four", 0644, "4")));

        assertThat(root.resolve("a/one")).doesNotExist();
        assertThat(root.resolve("a/two")).hasContent("2");
        assertThat(root.resolve("b/three")).doesNotExist();
        assertThat(root.resolve("b/four")).hasContent("4");
    }

    @Test
    void nothingIsWrittenOutsideOfTheImage() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));

        assertThatThrownBy(() -> unpack(layer(file("../outside/file", 0644, "x"))))
                .isInstanceOf(IOException.class)
                .hasMessage("'../outside/file' leads out of the image");
        assertThatThrownBy(() ->
                        unpack(layer(link("way", "../outside", TarConstants.LF_SYMLINK), file("way/file", 0644, "x"))))
                .isInstanceOf(IOException.class)
                .hasMessage("'way/file' leads out of the image");
        assertThat(outside).isEmptyDirectory();
    }
}
