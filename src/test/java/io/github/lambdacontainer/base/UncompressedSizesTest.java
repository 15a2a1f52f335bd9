package io.github.lambdacontainer.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.cache.FactCache;
import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncompressedSizesTest {

    @TempDir
    Path directory;

    @Test
    void aLayerIsUnpackedOnlyOnce() throws IOException {
        byte[] tar = new TarBuilder().file("a", "x").build();
        Path blob = Files.write(directory.resolve("blob"), TarBuilder.gzip(tar));
        UncompressedSizes sizes = new UncompressedSizes(new FactCache(directory.resolve("facts")));

        assertThat(sizes.of(Digest.of(tar), () -> blob)).isEqualTo(tar.length);
        assertThat(sizes.of(Digest.of(tar), () -> directory.resolve("gone"))).isEqualTo(tar.length);
    }

    @Test
    void aLayerThatIsNotCompressedIsMeasuredToo() throws IOException {
        Path tar = Files.writeString(directory.resolve("plain.tar"), "not compressed");
        UncompressedSizes sizes = new UncompressedSizes(new FactCache(directory.resolve("facts")));

        assertThat(sizes.of(Digest.of(new byte[1]), () -> tar)).isEqualTo(14);
    }
}
