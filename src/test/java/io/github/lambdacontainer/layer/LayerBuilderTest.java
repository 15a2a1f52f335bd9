package io.github.lambdacontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lambdacontainer.cache.BlobCache;
import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.FileDigests;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.plan.Content;
import io.github.lambdacontainer.plan.LayerEntry;
import io.github.lambdacontainer.plan.LayerPlan;
import io.github.lambdacontainer.problem.EnvironmentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LayerBuilderTest {

    private static final Instant TIME = Instant.parse("2026-11-23T00:00:00.987Z");

    @TempDir
    Path directory;

    private Path cache;
    private BlobCache blobs;
    private LayerBuilder builder;

    @BeforeEach
    void openCache() {
        cache = directory.resolve("cache");
        builder = freshBuilder("cache");
    }

    private LayerBuilder freshBuilder(String name) {
        blobs = new BlobCache(directory.resolve(name));
        return new LayerBuilder(blobs, new FactCache(directory.resolve(name).resolve("facts")));
    }

    private LayerEntry file(String target, String text) {
        return new LayerEntry.File(target, new Content.Text(text), 0644);
    }

    private Path onDisk(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static LayerPlan plan(String name, LayerEntry... entries) {
        return new LayerPlan(name, List.of(entries));
    }

    private static List<String> list(BuiltLayer layer) throws IOException {
        List<String> lines = new ArrayList<>();
        try (InputStream in = Files.newInputStream(layer.blob());
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in), "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                lines.add("%o %d:%d %s %s"
                        .formatted(
                                entry.getMode(),
                                entry.getLongUserId(),
                                entry.getLongGroupId(),
                                entry.getLastModifiedTime().toInstant(),
                                entry.getName()));
            }
        }
        return lines;
    }

    @Test
    void writesSortedEntriesWithExplicitModesOwnersAndTimes() throws IOException {
        BuiltLayer layer = builder.build(
                        List.of(plan(
                                "mixed",
                                new LayerEntry.File("/var/task/run", new Content.Text("#!"), 0755),
                                file("/var/task/a/b.txt", "b"),
                                new LayerEntry.Directory("/var/task/a", 0700, "993:990"),
                                file("/etc/passwd", ""))),
                        TIME)
                .get(0);

        assertThat(list(layer))
                .containsExactly(
                        "40755 0:0 1970-01-01T00:00:01Z etc/",
                        "100644 0:0 2026-11-23T00:00:00Z etc/passwd",
                        "40755 0:0 1970-01-01T00:00:01Z var/",
                        "40755 0:0 1970-01-01T00:00:01Z var/task/",
                        "40700 993:990 2026-11-23T00:00:00Z var/task/a/",
                        "100644 0:0 2026-11-23T00:00:00Z var/task/a/b.txt",
                        "100755 0:0 2026-11-23T00:00:00Z var/task/run");
    }

    @Test
    void writesTheStickyBit() throws IOException {
        LayerPlan plan = plan("tmp", new LayerEntry.Directory("/tmp", 01777, "0:0"), file("/tmp/é", "x"));

        BuiltLayer layer = builder.build(List.of(plan), TIME).get(0);

        assertThat(list(layer))
                .containsExactly("41777 0:0 2026-11-23T00:00:00Z tmp/", "100644 0:0 2026-11-23T00:00:00Z tmp/é");
        assertThat(freshBuilder("other").build(List.of(plan), TIME).get(0).layer())
                .isEqualTo(layer.layer());
    }

    @Test
    void namesALayerByWhatIsInTheFile() throws IOException {
        BuiltLayer built =
                builder.build(List.of(plan("a", file("/a", "content"))), TIME).get(0);

        byte[] blob = Files.readAllBytes(built.blob());
        byte[] tar = new GZIPInputStream(Files.newInputStream(built.blob())).readAllBytes();
        assertThat(built.layer().name()).isEqualTo("a");
        assertThat(built.layer().digest()).isEqualTo(Digest.of(blob));
        assertThat(built.layer().size()).isEqualTo(blob.length);
        assertThat(built.layer().diffId()).isEqualTo(Digest.of(tar));
        assertThat(built.layer().uncompressedSize()).isEqualTo(tar.length);
        assertThat(built.reused()).isFalse();
    }

    @Test
    void keepsTheOrderOfThePlansAndLeavesEmptyOnesOut() {
        List<BuiltLayer> layers =
                builder.build(List.of(plan("z", file("/z", "")), plan("nothing"), plan("a", file("/a", ""))), TIME);

        assertThat(layers).extracting(layer -> layer.layer().name()).containsExactly("z", "a");
    }

    @Test
    void makesOneBlobForPlansWithTheSameContent() {
        List<BuiltLayer> layers =
                builder.build(List.of(plan("one", file("/a", "x")), plan("two", file("/a", "x"))), TIME);

        assertThat(layers).extracting(layer -> layer.layer().name()).containsExactly("one", "two");
        assertThat(layers.get(0).blob()).isEqualTo(layers.get(1).blob());
    }

    @Test
    void makesTheSameBytesWhateverTheOrderDirectoryTimeZoneAndLocale() throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            entries.add(new LayerEntry.File(
                    "/dir" + i % 3 + "/" + i, new Content.OnDisk(onDisk("one-" + i, "text " + i)), 0644));
        }
        BuiltLayer first =
                builder.build(List.of(new LayerPlan("a", entries)), TIME).get(0);
        List<LayerEntry> elsewhere = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Path file = onDisk("two-" + i, "text " + i);
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
            file.toFile().setExecutable(true, false);
            elsewhere.add(new LayerEntry.File("/dir" + i % 3 + "/" + i, new Content.OnDisk(file), 0644));
        }
        Collections.reverse(elsewhere);
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            BuiltLayer second = freshBuilder("other")
                    .build(List.of(new LayerPlan("a", elsewhere)), TIME)
                    .get(0);
            assertThat(second.layer()).isEqualTo(first.layer());
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    @Test
    void reusesALayerOfTheSameContentFromElsewhere() throws IOException {
        Path jar = directory.resolve("a.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("lib/a"));
            zip.write("same".getBytes());
        }
        BuiltLayer made =
                builder.build(List.of(plan("text", file("/a", "same"))), TIME).get(0);
        LayerEntry onDisk = new LayerEntry.File("/a", new Content.OnDisk(onDisk("x", "same")), 0644);
        LayerEntry inJar = new LayerEntry.File("/a", new Content.InJar(jar, "lib/a"), 0644);

        List<BuiltLayer> reused = freshBuilder("cache").build(List.of(plan("disk", onDisk), plan("jar", inJar)), TIME);

        assertThat(reused).extracting(BuiltLayer::reused).containsExactly(true, true);
        assertThat(reused).extracting(BuiltLayer::blob).containsOnly(made.blob());
    }

    @Test
    void makesALayerAnewWhenContentChangesAndTheTimeOfTheFileDoesNot() throws IOException {
        Path file = onDisk("x", "before");
        FileTime time = Files.getLastModifiedTime(file);
        LayerPlan plan = plan("a", new LayerEntry.File("/a", new Content.OnDisk(file), 0644));
        BuiltLayer before = builder.build(List.of(plan), TIME).get(0);
        Files.writeString(file, "after!");
        Files.setLastModifiedTime(file, time);

        BuiltLayer after = builder.build(List.of(plan), TIME).get(0);

        assertThat(after.reused()).isFalse();
        assertThat(after.layer().digest()).isNotEqualTo(before.layer().digest());
    }

    @Test
    void makesALayerAnewWhenItsBlobIsDamaged() throws IOException {
        LayerPlan plan = plan("a", file("/a", "x"));
        BuiltLayer first = builder.build(List.of(plan), TIME).get(0);
        byte[] bytes = Files.readAllBytes(first.blob());
        bytes[bytes.length / 2] ^= 1;
        Files.write(first.blob(), bytes);

        BuiltLayer again = freshBuilder("cache").build(List.of(plan), TIME).get(0);

        assertThat(again.reused()).isFalse();
        assertThat(again.layer()).isEqualTo(first.layer());
        assertThat(Digest.of(Files.readAllBytes(again.blob())))
                .isEqualTo(first.layer().digest());
    }

    @Test
    void tellsTheEntriesOfALayerByModeOwnerTargetAndTime() {
        List<LayerPlan> plans = List.of(
                plan("a", file("/a", "x")),
                plan("a", new LayerEntry.File("/a", new Content.Text("x"), 0755)),
                plan("a", file("/b", "x")),
                plan("a", new LayerEntry.Directory("/a", 0644, "0:0")),
                plan("a", new LayerEntry.Directory("/a", 0644, "1:0")));

        assertThat(builder.build(plans, TIME))
                .extracting(layer -> layer.layer().digest())
                .doesNotHaveDuplicates();
        assertThat(builder.build(List.of(plans.get(0)), TIME.plusSeconds(1))
                        .get(0)
                        .reused())
                .isFalse();
        assertThat(builder.build(List.of(plans.get(0)), TIME.minusMillis(900))
                        .get(0)
                        .reused())
                .isTrue();
    }

    @Test
    void leavesNoThreadAndNoScratchFileBehind() throws IOException {
        builder.build(List.of(plan("a", file("/a", "x")), plan("b", file("/b", "x"))), TIME);

        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("pool-"))
                        .filter(thread -> !joined(thread)))
                .isEmpty();
        try (Stream<Path> left = Files.walk(cache.resolve("tmp"))) {
            assertThat(left).containsExactly(cache.resolve("tmp"));
        }
    }

    private static boolean joined(Thread thread) {
        try {
            thread.join(10_000);
            return !thread.isAlive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path missing = directory.resolve("missing");
        LayerPlan plan = plan("a", new LayerEntry.File("/a", new Content.OnDisk(missing), 0644));

        assertThatThrownBy(() -> builder.build(List.of(plan), TIME))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The file '" + missing + "', which goes into the image, could not be read: there is no such"
                        + " file.\n  Next: Make it a readable file, or leave it out of the image.");
    }

    @Test
    void namesAnEntryThatIsNotInTheJar() throws IOException {
        Path jar = directory.resolve("a.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("other"));
        }
        LayerPlan plan = plan("a", new LayerEntry.File("/a", new Content.InJar(jar, "lib.so"), 0644));

        assertThatThrownBy(() -> builder.build(List.of(plan), TIME))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage(
                        "The entry 'lib.so' of '" + jar + "', which goes into the image, could not be read: there is"
                                + " no such file.\n  Next: Make it a readable file, or leave it out of the image.");
    }

    @Test
    void noticesAFileThatChangesWhileItsLayerIsMade() throws IOException {
        Path file = onDisk("x", "before");
        LayerPlan plan = plan("classes", new LayerEntry.File("/a", new Content.OnDisk(file), 0644));
        FactCache facts = new FactCache(cache.resolve("facts"));
        List<Fingerprint> fingerprints = new Fingerprints(new FileDigests(facts)).of(List.of(plan), TIME);
        Files.writeString(file, "after!");

        assertThatThrownBy(() -> JibLayers.make(fingerprints, TIME, blobs, new LayerStore(blobs, facts)))
                .isInstanceOf(EnvironmentFailure.class)
                .hasMessage("The file '" + file + "' changed while the layer 'classes' was made of it."
                        + "\n  Next: Run the build again while nothing else writes there.");
        assertThat(builder.build(List.of(plan), TIME).get(0).reused()).isFalse();
    }

    @Test
    void refusesTwoEntriesWithOneTarget() {
        LayerPlan plan = plan("classes", file("/a", "x"), file("/a", "y"));

        assertThatThrownBy(() -> builder.build(List.of(plan), TIME))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The layer 'classes' has two entries with one target");
    }

    @Test
    void writesLongAndForeignNames() throws IOException {
        String name = "/" + "d".repeat(90) + "/" + "é漢".repeat(40) + "/ trailing ";

        BuiltLayer layer =
                builder.build(List.of(plan("a", file(name, "x"))), TIME).get(0);

        assertThat(list(layer)).last().asString().endsWith(" " + name.substring(1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFileThatCannotBeReadAheadIsLeftToTheBuild() {
        Path unreadable = Path.of("/proc/self/mem");
        assertThatThrownBy(() -> Files.newInputStream(unreadable).read()).isInstanceOf(IOException.class);

        builder.expect(List.of(unreadable, directory.resolve("missing.jar")));

        assertThatThrownBy(() -> builder.build(
                        List.of(plan("a", new LayerEntry.File("/a", new Content.OnDisk(unreadable), 0644))), TIME))
                .isInstanceOf(EnvironmentFailure.class);
    }
}
