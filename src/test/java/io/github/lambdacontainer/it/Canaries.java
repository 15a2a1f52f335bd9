package io.github.lambdacontainer.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.ecr.FakeEcr;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** The secrets that the tests hand to builds, which nothing that a build writes may show in any form. */
final class Canaries {

    /** The password of the tests' registries. */
    static final String PASSWORD = "canary-password-7f3a91/+=";

    /** A password that no registry takes. */
    static final String WRONG_PASSWORD = "canary-wrong-password-c04d17";

    /** The password with which Maven encrypts the others. */
    static final String MASTER_PASSWORD = "canary-master-password-5be820";

    /** What proves to AWS who asks. */
    static final String AWS_SECRET_KEY = FakeEcr.SECRET_KEY;

    private static final int LARGEST_DOCUMENT = 1 << 20;

    private Canaries() {}

    /** Asserts that this text shows none of them. */
    static void assertAbsent(String where, String text) {
        values().forEach(value -> assertThat(text.contains(value))
                .as("A secret is in " + where + ": " + value)
                .isFalse());
    }

    /** Asserts that the files that builds below this directory left for other tools show none of them. */
    static void assertAbsent(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Canaries::isResult).toList()) {
                if (file.toString().endsWith(".tar")) {
                    assertAbsentFromDocuments(file);
                } else {
                    assertAbsent(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isResult(Path file) {
        return Files.isRegularFile(file)
                && file.getParent().getFileName().toString().equals("lambda-container");
    }

    /** What an image says of itself, its history too, and the layers that are no larger, which hold the settings. */
    private static void assertAbsentFromDocuments(Path archive) throws IOException {
        try (TarFile tar = new TarFile(archive.toFile())) {
            for (TarArchiveEntry entry : tar.getEntries()) {
                if (entry.isFile() && entry.getSize() < LARGEST_DOCUMENT) {
                    try (InputStream in = tar.getInputStream(entry)) {
                        assertAbsent(archive + ":" + entry.getName(), text(in.readAllBytes()));
                    }
                }
            }
        }
    }

    /** Uncompressed, if it is compressed. */
    private static String text(byte[] content) throws IOException {
        boolean gzip = content.length > 2 && content[0] == 0x1f && content[1] == (byte) 0x8b;
        if (!gzip) {
            return new String(content, StandardCharsets.ISO_8859_1);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Each as it is, and as it looks in an address and in the header that Basic authentication sends. */
    private static Stream<String> values() {
        return Stream.of(
                        PASSWORD,
                        WRONG_PASSWORD,
                        MASTER_PASSWORD,
                        AWS_SECRET_KEY,
                        FakeEcr.SESSION_TOKEN,
                        FakeEcr.PASSWORD_PREFIX)
                .flatMap(secret -> Stream.of(secret, URLEncoder.encode(secret, StandardCharsets.UTF_8), basic(secret)));
    }

    private static String basic(String secret) {
        return Base64.getEncoder().encodeToString((LocalRegistry.USER + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
