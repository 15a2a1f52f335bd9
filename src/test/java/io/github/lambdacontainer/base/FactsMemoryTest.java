package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Architecture;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactsMemoryTest {

    @TempDir
    Path directory;

    private BaseFacts first;
    private Path remembered;

    @BeforeEach
    void readOnce() throws IOException {
        first = new TestReader(directory).readLayout(TestImages.awsJava()).facts();
        remembered = files().get(0);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(directory.resolve("facts/base-facts-2"))) {
            return files.sorted().toList();
        }
    }

    private BaseFacts again() {
        return new TestReader(directory).read("oci:layout").facts();
    }

    @Test
    void factsAreRememberedAsTheyWere() throws IOException {
        assertThat(again()).isEqualTo(first);
    }

    @Test
    void rememberedFactsAreUsed() throws IOException {
        FactsStore store = new FactsStore(new FactCache(directory.resolve("facts")));
        Digest manifest = Digest.of(TestImages.awsJava().manifest());
        StoredFacts facts = store.read(manifest, Optional.empty()).orElseThrow();
        store.write(
                manifest,
                Optional.empty(),
                new StoredFacts(
                        facts.javaExecutable(),
                        99,
                        facts.cLibrary(),
                        facts.glibcVersion(),
                        facts.interfaceClientJars(),
                        facts.nativeLibrary(),
                        facts.libraries(),
                        facts.directoryLinks(),
                        facts.directories()));

        assertThat(again().java()).hasValue(new BaseJava("/var/lang/bin/java", 99));
    }

    @Test
    void damagedFactsAreFoundOutAgain() throws IOException {
        String text = Files.readString(remembered);
        for (String damaged : List.of("", "{}", text.replace(":21", ":12"), text.substring(0, text.length() / 2))) {
            Files.writeString(remembered, damaged);

            assertThat(again()).isEqualTo(first);
            assertThat(Files.readString(remembered)).isEqualTo(text);
        }
    }

    @Test
    void anotherJavaIsAnotherFact() throws IOException {
        new TestReader(directory).read("oci:layout", Architecture.X86_64, Optional.of("/var/lang/bin/java"));

        assertThat(files()).hasSize(2);
    }

    @Test
    void failuresAreNotRemembered() throws IOException {
        catchThrowable(() -> new TestReader(directory).read("oci:layout", Architecture.X86_64, Optional.of("/no")));

        assertThat(files()).hasSize(1);
    }
}
