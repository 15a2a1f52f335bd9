package io.github.lambdacontainer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void staysBelowItsRoot() {
        FactCache cache = new FactCache(root);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.read("tags", "../a"))
                .withMessage("'../a' is not a plain file name");
    }
}
