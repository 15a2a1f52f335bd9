package io.github.lambdacontainer.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.image.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarContentsTest {

    private static byte[] tar() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            tar.putArchiveEntry(new TarArchiveEntry("directory/"));
            tar.closeArchiveEntry();
            file(tar, "empty", "");
            file(tar, "block", "b".repeat(512));
            file(tar, "long/" + "é".repeat(200), "x");
            TarArchiveEntry link = new TarArchiveEntry("link", TarConstants.LF_SYMLINK);
            link.setLinkName("block");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            file(tar, "last", "l".repeat(1000));
        }
        return bytes.toByteArray();
    }

    private static void file(TarArchiveOutputStream tar, String name, String text) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(text.length());
        tar.putArchiveEntry(entry);
        tar.write(text.getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
    }

    private static Digest digest(String text) {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 512, 700, 100_000})
    void seesEachFileInWhateverStepsTheTarIsWritten(int step) throws IOException {
        byte[] tar = tar();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TarContents contents = new TarContents(out);
        for (int at = 0; at < tar.length; at += step) {
            contents.write(Arrays.copyOfRange(tar, at, Math.min(tar.length, at + step)));
        }

        assertThat(out.toByteArray()).isEqualTo(tar);
        assertThat(contents.size()).isEqualTo(tar.length);
        assertThat(contents.digest()).isEqualTo(Digest.of(tar));
        assertThat(contents.files())
                .isEqualTo(List.of(digest(""), digest("b".repeat(512)), digest("x"), digest("l".repeat(1000))));
    }

    @ParameterizedTest
    @ValueSource(longs = {8L << 30, 9_876_543_210L})
    void takesTheSizeOfALargeFileFromItsPaxHeader(long size) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        TarArchiveOutputStream tar = new TarArchiveOutputStream(header, "UTF-8");
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        TarArchiveEntry entry = new TarArchiveEntry("large");
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        TarContents contents = new TarContents(ByteArrayOutputStream.nullOutputStream());
        contents.write(header.toByteArray());

        contents.write(new byte[1000]);

        assertThat(contents.files()).as("still in the middle of it").isEmpty();
        assertThat(header.size()).isEqualTo(3 * 512);
    }
}
