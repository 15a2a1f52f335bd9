package io.github.lambdacontainer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactCacheTest {

    @TempDir
    Path root;

    @Test
    void remembersTheLastTextOfAKindAndKey() {
        FactCache cache = new FactCache(root);
        cache.write("tags", "a", "one");
        cache.write("tags", "a", "zwölf");

        assertThat(new FactCache(root).read("tags", "a")).contains("zwölf");
        assertThat(new FactCache(root).read("tags", "b")).isEmpty();
        assertThat(root.resolve("tags")).isDirectoryContaining("glob:**/a").isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void forgetsWhatIsNoText() throws IOException {
        FactCache cache = new FactCache(root);
        cache.write("tags", "a", "one");
        Files.write(root.resolve("tags/a"), new byte[] {(byte) 0xff});

        assertThat(cache.read("tags", "a")).isEmpty();
    }

    @Test
    void doesWithoutADirectoryThatCannotBeWritten() throws IOException {
        FactCache cache = new FactCache(Files.createFile(root.resolve("file")));

        cache.write("tags", "a", "one");

        assertThat(cache.read("tags", "a")).isEmpty();
    }

    @Test
    void removesWhatKilledBuildsLeftAfterADay() throws IOException {
        new FactCache(root).write("tags", "a", "one");
        Path old = leftOver("old", Duration.ofHours(25));
        Path recent = leftOver("recent", Duration.ofHours(23));

        new FactCache(root).write("tags", "b", "two");

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
        assertThat(new FactCache(root).read("tags", "a")).contains("one");
    }

    private Path leftOver(String name, Duration age) throws IOException {
        Path path = Files.createFile(root.resolve("tags").resolve(CacheDirectory.UNFINISHED + name));
        return Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void whatIsWrittenForAScopeIsFoundThereAlone() {
        FactCache cache = new FactCache(root);
        cache.within("dev").scoped().orElseThrow().write("tags", "a", "said");

        assertThat(cache.read("tags", "a")).isEmpty();
        assertThat(cache.within("prod").read("tags", "a")).isEmpty();
        assertThat(cache.within("dev").within("prod").read("tags", "a")).isEmpty();
        assertThat(cache.within("prod").within("dev").read("tags", "a")).contains("said");
        assertThat(new FactCache(root).within("dev").read("tags", "a")).contains("said");
        assertThat(cache.scoped()).isEmpty();
    }

    @Test
    void whatIsWrittenWithinAScopeIsFoundEverywhereAndComesFirst() {
        FactCache dev = new FactCache(root).within("dev");
        dev.scoped().orElseThrow().write("tags", "a", "said");

        dev.write("tags", "a", "seen");

        assertThat(dev.read("tags", "a")).contains("seen");
        assertThat(new FactCache(root).read("tags", "a")).contains("seen");
        assertThat(new FactCache(root).within("prod").read("tags", "a")).contains("seen");
    }

    @Test
    void aScopeMayHaveAnyName() {
        for (String scope : new String[] {"", "../x", "host:5000/team/app", "ä".repeat(300)}) {
            FactCache within = new FactCache(root).within(scope);
            within.scoped().orElseThrow().write("tags", "a", "said");
            assertThat(within.read("tags", "a")).contains("said");
        }
        assertThat(root).isDirectoryContaining("glob:**/within");
        assertThat(root.resolve("within").toFile().list()).hasSize(4);
    }

    @Test
    void staysBelowItsRoot() {
        FactCache cache = new FactCache(root);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.read("tags", "../a"))
                .withMessage("'../a' is not a plain file name");
    }
}
