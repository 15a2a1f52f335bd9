package io.github.lambdacontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;

class LayerGzipTest {

    private static final int STRETCH = 32 << 10;

    /** Runs of text and of bytes without any pattern, which begin and end anywhere. */
    @Provide
    Arbitrary<byte[]> mixtures() {
        Arbitrary<byte[]> text = Arbitraries.integers().between(0, 100_000).map(LayerGzipTest::text);
        Arbitrary<byte[]> random = Arbitraries.integers().between(0, 100_000).map(LayerGzipTest::random);
        return Arbitraries.oneOf(text, random).list().ofMaxSize(8).map(LayerGzipTest::joined);
    }

    @Property(tries = 200)
    void othersReadWhatWasWritten(@ForAll("mixtures") byte[] content) throws IOException {
        byte[] gzip = compressed(content, content.length);

        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(content);
        assertThat(new GzipCompressorInputStream(new ByteArrayInputStream(gzip)).readAllBytes())
                .isEqualTo(content);
    }

    @Property(tries = 50)
    void stepsMakeNoDifference(@ForAll("mixtures") byte[] content, @ForAll @IntRange(min = 1, max = 70_000) int step)
            throws IOException {
        assertThat(compressed(content, step)).isEqualTo(compressed(content, content.length));
    }

    @Test
    void compressesTextAsWellAsAnybody() throws IOException {
        byte[] text = text(1_000_000);
        ByteArrayOutputStream usual = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(usual)) {
            out.write(text);
        }

        assertThat(compressed(text, text.length)).isEqualTo(usual.toByteArray());
    }

    @Test
    void passesOnWhatIsCompressed() throws IOException {
        byte[] random = random(3 * STRETCH);

        byte[] gzip = compressed(random, random.length);

        int framing = 10 + 2 + 8;
        assertThat(gzip).hasSize(framing + 3 * (5 + STRETCH));
        assertThat(Arrays.copyOfRange(gzip, 15, 15 + STRETCH)).isEqualTo(Arrays.copyOf(random, STRETCH));
    }

    @Test
    void compressesWhatIsBetweenWhatIsCompressed() throws IOException {
        byte[] content = joined(List.of(random(STRETCH), text(STRETCH), random(STRETCH), text(STRETCH)));

        assertThat(compressed(content, content.length)).hasSizeLessThan(2 * STRETCH + 2 * STRETCH / 2);
    }

    private static byte[] compressed(byte[] content, int step) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (LayerGzip gzip = new LayerGzip(out)) {
            for (int at = 0; at < content.length; at += step) {
                gzip.write(content, at, Math.min(step, content.length - at));
            }
            gzip.finish();
        }
        return out.toByteArray();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int size) {
        StringBuilder text = new StringBuilder();
        Random random = new Random(size);
        while (text.length() < size) {
            text.append("word ").append(random.nextInt(1000)).append('\n');
        }
        return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
