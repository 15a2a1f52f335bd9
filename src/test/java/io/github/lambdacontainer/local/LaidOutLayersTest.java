package io.github.lambdacontainer.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Which layers are laid out once for all runs, and when they are laid out anew. */
@DisabledOnOs(OS.WINDOWS)
class LaidOutLayersTest {

    private static final Instant TIME = Instant.ofEpochSecond(1);

    @TempDir
    private Path directory;

    private Path cached;
    private LaidOutLayers layers;

    @BeforeEach
    void cache() throws IOException {
        cached = Files.writeString(
                Files.createDirectories(directory.resolve("cache/runtimes/1")).resolve("java"), "a Java");
        layers = new LaidOutLayers(directory.resolve("cache"));
    }

    @Test
    void filesOfTheCacheAreLaidOutOnceWithTimeAndMode() throws IOException {
        LayerPlan java = layer("/var/lang/bin/java", new Content.OnDisk(cached));
        LaidOutLayers.Split split = layers.split(List.of(java));
        assertThat(split.others()).isEmpty();
        Path laid = split.directories().get(0).resolve("var/lang/bin/java");
        assertThat(laid).hasContent("a Java").isExecutable();
        assertThat(Files.getLastModifiedTime(laid)).isEqualTo(FileTime.from(TIME));
        FileTime written = Files.getLastModifiedTime(split.directories().get(0));
        assertThat(layers.split(List.of(java))).isEqualTo(split);
        assertThat(Files.getLastModifiedTime(split.directories().get(0))).isEqualTo(written);
        assertThat(directory.resolve("cache/laid-out").toFile().list()).hasSize(1);
    }

    @Test
    void anotherFileIsAnotherLayer() throws IOException {
        LayerPlan java = layer("/var/lang/bin/java", new Content.OnDisk(cached));
        Path first = layers.split(List.of(java)).directories().get(0);
        Files.writeString(cached, "another Java");
        Path other = layers.split(List.of(java)).directories().get(0);
        assertThat(List.of(first, other)).doesNotHaveDuplicates();
        assertThat(other.resolve("var/lang/bin/java")).hasContent("another Java");
    }

    @Test
    void whatNobodyHasUsedForAMonthIsRemovedWhenSomethingElseIsLaidOut() throws IOException {
        Path unused = laidOut("java-unused");
        Path used = laidOut("java-used");
        Path recent = laidOut("java-recent");
        age(unused, 31);
        age(used, 31);
        age(recent, 29);
        assertThat(laidOut("java-used")).isEqualTo(used);
        assertThat(List.of(unused, used, recent)).allMatch(Files::isDirectory);

        Path other = laidOut("java-other");
        assertThat(unused).doesNotExist();
        assertThat(List.of(used, recent, other)).allMatch(Files::isDirectory);
        assertThat(directory.resolve("cache/laid-out").toFile().list()).hasSize(3);
        assertThat(laidOut("java-unused")).isEqualTo(unused);
        assertThat(unused.resolve("var/lang/bin/java-unused")).hasContent("a Java");
    }

    @Test
    void aStartupArchiveOfTheCacheIsLaidOutOnce() throws IOException {
        Path blob = Files.writeString(
                Files.createDirectories(directory.resolve("cache/blobs/sha256")).resolve("0123"), "archive");
        LayerPlan archive = layer("/var/runtime/startup.jsa", new Content.OnDisk(blob));
        LaidOutLayers.Split split = layers.split(List.of(archive));
        assertThat(split.others()).isEmpty();
        assertThat(split.directories().get(0).resolve("var/runtime/startup.jsa"))
                .hasContent("archive");
    }

    private Path laidOut(String name) throws IOException {
        return layers.split(List.of(layer("/var/lang/bin/" + name, new Content.OnDisk(cached))))
                .directories()
                .get(0);
    }

    private static void age(Path laid, int days) throws IOException {
        Files.setLastModifiedTime(laid, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    @Test
    void otherFilesOfTheCacheStay() throws IOException {
        Path jar = Files.writeString(directory.resolve("cache/a.jar"), "a jar");
        LayerPlan library = layer("/var/task/lib/a.jar", new Content.OnDisk(jar));
        LaidOutLayers.Split split = layers.split(List.of(library));
        assertThat(split.directories()).isEmpty();
        assertThat(split.others()).containsExactly(library);
    }

    @Test
    void theTopmostIsFirstAndOtherFilesStay() throws IOException {
        LayerPlan lower = layer("/var/lang/bin/java", new Content.OnDisk(cached));
        LayerPlan upper = layer("/var/lang/bin/java2", new Content.OnDisk(cached));
        LayerPlan text = layer("/var/runtime/classpath", new Content.Text("-cp"));
        LayerPlan own = layer(
                "/var/task/A.class", new Content.OnDisk(Files.writeString(directory.resolve("A.class"), "class")));
        LaidOutLayers.Split split = layers.split(List.of(text, lower, own, upper));
        assertThat(split.others()).containsExactly(text, own);
        assertThat(split.directories()).hasSize(2);
        assertThat(split.directories().get(0).resolve("var/lang/bin/java2")).exists();
        assertThat(split.directories().get(1).resolve("var/lang/bin/java")).exists();
    }

    @Test
    void aLayerThatReplacesAnotherFileIsWrittenOverIt() throws IOException {
        LayerPlan text = layer("/var/lang/bin/java", new Content.Text("replaced"));
        LayerPlan java = layer("/var/lang/bin/java", new Content.OnDisk(cached));
        LaidOutLayers.Split split = layers.split(List.of(text, java));
        assertThat(split.directories()).isEmpty();
        assertThat(split.others()).containsExactly(text, java);
    }

    private static LayerPlan layer(String target, Content content) {
        return new LayerPlan("layer", List.of(new LayerEntry.File(target, content, 0755)));
    }
}
