package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.cache.Trees;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.ImageFormat;
import io.github.lambdacontainer.registry.ScriptedRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CarriedFactsTest {

    private final ScriptedRegistry registry = ScriptedRegistry.http();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        registry.close();
    }

    static Stream<TestImage> images() {
        return Stream.of(
                TestImages.awsJava(),
                TestImages.awsOsOnly(),
                TestImages.withJavaHome(),
                TestImages.withJavaOnPath(),
                TestImages.withoutJava(),
                TestImages.musl());
    }

    private Base read(TestImage image) {
        registry.blob("base", image.descriptor().mediaType(), image.config());
        image.layers().forEach(layer -> registry.blob("base", layer.mediaType(), layer.blob()));
        String manifest = new String(image.manifest(), StandardCharsets.UTF_8);
        registry.manifest("base", image.format().manifestType(), manifest, "1");
        return new TestReader(directory).read(registry.host() + "/base:1");
    }

    private static Optional<String> label(Base base, Path facts) {
        return CarriedFacts.of(base, Optional.empty(), new UncompressedSizes(new FactCache(facts)));
    }

    private Optional<String> label(Base base) {
        return label(base, directory.resolve("facts"));
    }

    private CarriedFacts fresh() {
        return new CarriedFacts(new FactCache(directory.resolve("fresh")));
    }

    private boolean taken(String label, Base base) {
        return fresh().take(label, base.image(), Optional.empty());
    }

    @ParameterizedTest
    @MethodSource("images")
    void whatALabelSaysIsWhatReadingTheLayersSays(TestImage image) {
        Base base = read(image);
        String label = label(base).orElseThrow();

        assertThat(taken(label, base)).isTrue();

        FactsReader reader = new FactsReader(new FactCache(directory.resolve("fresh")));
        assertThat(reader.remembers(base.image(), Optional.empty())).isTrue();
        FoundBase unread = new FoundBase(base.digest(), base.image(), layer -> {
            throw new IllegalStateException("a layer was asked for");
        });
        BaseFacts facts = reader.read(base.reference(), unread, base.facts().architecture(), Optional.empty());
        assertThat(facts).isEqualTo(base.facts());
        assertThat(label(
                        new Base(base.reference(), base.digest(), base.image(), facts, unread.blobs()),
                        directory.resolve("fresh")))
                .contains(label);
    }

    @Test
    void aLabelOfSomethingElseIsNotTaken() throws IOException {
        Base base = read(TestImages.awsJava());
        Base other = read(TestImages.musl());
        String label = label(base).orElseThrow();

        assertThat(taken(label, other)).isFalse();
        assertThat(fresh().take(label, base.image(), Optional.of("/var/lang/bin/java")))
                .isFalse();
        for (String broken :
                new String[] {"", "1.0", "not base64!", label.substring(0, label.length() / 2), "AAAA" + label}) {
            assertThat(taken(broken, base)).as(broken).isFalse();
        }
        assertThat(directory.resolve("fresh")).doesNotExist();
    }

    @Test
    void aLabelThatIsWellFormedAndWrongIsNotTaken() throws IOException {
        Base base = read(TestImages.withJavaHome());
        String text = LabelText.read(label(base).orElseThrow());
        String java = "\"/opt/java/openjdk/bin/java\"";
        String digest = base.digest().orElseThrow().hex();
        String sizes = text.split("\n", -1)[2];
        assertThat(text).contains(java, digest);
        assertThat(taken(LabelText.write(text.replace(java, "\"/opt/java\"")), base))
                .as("what is possible is taken")
                .isTrue();
        Trees.delete(directory.resolve("fresh"));

        List<String> wrong = List.of(
                text.replace(digest, "0".repeat(64)),
                text.replace(FactsStore.KIND, "base-facts-1"),
                text.replace(sizes, "-" + sizes),
                text.replace(sizes, sizes + " 1"),
                text.replace(java, "\"opt/java\""),
                text.replace(java, "\"/opt/../tmp/java\""),
                text.replace(java, "\"/opt/./java\""),
                text.replace(java, "\"/opt//java\""),
                text.replace(java, "\"/opt/java/\""),
                text.replace(java, "\"/\""),
                text + " ".repeat(1 << 20));
        for (String other : wrong) {
            assertThat(other).isNotEqualTo(text);
            assertThat(taken(LabelText.write(other), base))
                    .as(other.substring(0, Math.min(other.length(), 500)))
                    .isFalse();
        }
        assertThat(directory.resolve("fresh")).doesNotExist();
    }

    @Test
    void aLabelIsReadWithinAScopeAloneAndCountsThereAlone() throws IOException {
        Base base = read(TestImages.withJavaHome());
        String label = LabelText.write(
                LabelText.read(label(base).orElseThrow()).replace("/opt/java/openjdk/bin/java", "/tmp/evil"));
        TestReader machine = new TestReader(directory.resolve("machine"));

        assertThat(java(machine.reader().within("dev"), label)).isEqualTo("/tmp/evil");
        assertThat(java(machine.reader().within("prod"), "")).isEqualTo("/opt/java/openjdk/bin/java");
        assertThat(java(machine.reader().within("dev"), "")).isEqualTo("/opt/java/openjdk/bin/java");

        assertThat(java(new TestReader(directory.resolve("other")).reader(), label))
                .as("outside of every scope")
                .isEqualTo("/opt/java/openjdk/bin/java");
    }

    private String java(BaseReader reader, String label) {
        Base base = reader.read(
                BaseReference.parse(registry.host() + "/base:1", directory),
                Architecture.X86_64,
                ImageFormat.OCI,
                Optional.empty(),
                likely -> {},
                () -> Stream.of(label));
        return base.facts().java().orElseThrow().executable();
    }

    @Test
    void theSameBaseHasTheSameLabelWhereverItIsReadFrom() throws IOException {
        Base base = new TestReader(directory).readLayout(TestImages.awsJava());

        assertThat(label(base)).isEqualTo(label(read(TestImages.awsJava()))).isPresent();
    }

    @Test
    void aBaseWithoutAManifestIsNotCarried() throws IOException {
        TestImages.awsJava().writeDockerArchive(directory.resolve("base.tar"));

        assertThat(label(new TestReader(directory).read("tar:base.tar"))).isEmpty();
    }

    @Test
    void aLayerThatHadToBeCompressedIsNeededAnyway() {
        byte[] tar = new TarBuilder().executable("usr/bin/x", "").build();
        Base base = read(TestImages.withoutJava().layer("application/vnd.oci.image.layer.v1.tar", tar, tar));

        assertThat(label(base)).isEmpty();
    }

    @Test
    void whatWouldBeLongIsLeftOut() throws IOException {
        TarBuilder libraries = new TarBuilder();
        for (int i = 0; i < 3_000; i++) {
            libraries.file("usr/lib/lib" + Integer.toHexString(i * 7_919_993) + ".so", "");
        }
        Base base = read(TestImages.withoutJava().layer(libraries));

        assertThat(label(base)).isEmpty();
        assertThat(Files.isDirectory(directory.resolve("facts"))).isTrue();
    }
}
