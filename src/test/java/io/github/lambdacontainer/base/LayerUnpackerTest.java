package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Layers one on top of the other, as container engines unpack them. */
@DisabledOnOs(OS.WINDOWS)
class LayerUnpackerTest {

    @TempDir
    private Path directory;

    private Path root;
    private int layers;

    @BeforeEach
    void setUp() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
    }

    @Test
    void filesHaveTheirContentAndMode() throws IOException {
        unpack(new TarBuilder()
                .directory("opt")
                .executable("opt/run", "a program")
                .file("opt/text", "a text"));
        assertThat(root.resolve("opt/text")).hasContent("a text");
        assertThat(mode("opt/run")).isEqualTo("rwxr-xr-x");
        assertThat(mode("opt/text")).isEqualTo("rw-r--r--");
    }

    @Test
    void aDirectoryThatMayNotBeWrittenToCanStillBeFilled() throws IOException {
        unpack(new TarBuilder().directory("closed", 0555, 0, 0).file("closed/file", "text"));
        assertThat(root.resolve("closed/file")).hasContent("text");
    }

    @Test
    void laterLayersReplaceAndRemove() throws IOException {
        unpack(new TarBuilder()
                .file("a/kept", "1")
                .file("a/replaced", "1")
                .file("a/removed", "1")
                .file("b/old", "1"));
        unpack(new TarBuilder()
                .file("a/replaced", "2")
                .whiteout("a/removed")
                .file("b/new", "2")
                .opaque("b"));
        assertThat(root.resolve("a/kept")).hasContent("1");
        assertThat(root.resolve("a/replaced")).hasContent("2");
        assertThat(root.resolve("a/removed")).doesNotExist();
        assertThat(root.resolve("b/old")).doesNotExist();
        assertThat(root.resolve("b/new")).hasContent("2");
    }

    @Test
    void linksLeadToWhereTheyLeadInTheImage() throws IOException {
        unpack(new TarBuilder()
                .file("usr/lib/jvm/java/bin/java", "java")
                .symlink("etc/alternatives/java", "/usr/lib/jvm/java/bin/java")
                .symlink("usr/bin/java", "../../etc/alternatives/java")
                .hardLink("usr/bin/java17", "usr/lib/jvm/java/bin/java"));
        assertThat(root.resolve("usr/bin/java").toRealPath())
                .isEqualTo(root.resolve("usr/lib/jvm/java/bin/java").toRealPath());
        assertThat(root.resolve("usr/bin/java17")).hasContent("java");
    }

    @Test
    void nothingIsWrittenOutsideOfTheRoot() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        unpack(new TarBuilder()
                .symlink("absolute", outside.toString())
                .symlink("relative", "../outside")
                .file("absolute/file", "1")
                .file("relative/file", "1")
                .file("../outside/file", "1")
                .hardLink("hard", "../outside/other"));
        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve(outside.toString().substring(1)).resolve("file"))
                .hasContent("1");
        assertThat(root.resolve("outside/file")).hasContent("1");
    }

    @Test
    void devicesAreLeftOut() throws IOException {
        unpack(new TarBuilder().device("dev/null").file("dev/file", "text"));
        assertThat(root.resolve("dev/null")).doesNotExist();
        assertThat(root.resolve("dev/file")).hasContent("text");
    }

    private String mode(String path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(path)));
    }

    private void unpack(TarBuilder layer) throws IOException {
        Path file = Files.write(directory.resolve("layer-" + layers++), TarBuilder.gzip(layer.build()));
        new LayerUnpacker(root).unpack(file);
    }
}
