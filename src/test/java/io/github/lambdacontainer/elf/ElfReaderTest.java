package io.github.lambdacontainer.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElfReaderTest {

    private static final Path SHELL = Path.of("/bin/sh");

    static List<Path> filesOfThisMachine() {
        Path java = Path.of(System.getProperty("java.home"));
        return List.of(
                        SHELL,
                        Path.of("/lib/x86_64-linux-gnu/libc.so.6"),
                        Path.of("/lib/aarch64-linux-gnu/libc.so.6"),
                        Path.of("/lib64/ld-linux-x86-64.so.2"),
                        java.resolve("bin/java"),
                        java.resolve("lib/libnet.so"),
                        java.resolve("lib/server/libjvm.so"))
                .stream()
                .filter(Files::exists)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("filesOfThisMachine")
    void saysWhatReadelfSays(Path file) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/readelf")), "readelf is not installed");
        ElfFile elf = ElfReader.read(file).orElseThrow();

        String dynamic = readelf("-d", file);
        assertThat(elf.needed()).isEqualTo(all(dynamic, "Shared library: \\[(.*?)]"));
        assertThat(elf.interpreter().stream().toList())
                .isEqualTo(all(readelf("-l", file), "Requesting program interpreter: (.*?)]"));
        String versions = readelf("-V", file);
        assertThat(elf.requiredVersions())
                .isEqualTo(new TreeSet<>(all(versions, "  Name: (\\S+)  Flags: \\S+  Version")));
        assertThat(elf.definedVersions())
                .isEqualTo(new TreeSet<>(
                        all(versions, "Rev: 1  Flags: (?!BASE)\\S+ +Index: \\d+  Cnt: \\d+  Name: (\\S+)")));
        assertThat(readelf("-h", file)).contains(elf.is64Bit() ? "ELF64" : "ELF32");
    }

    @Test
    void readsTheSameFromMemoryAndFromDisk() throws IOException {
        assertThat(ElfReader.read(Files.readAllBytes(SHELL))).isEqualTo(ElfReader.read(SHELL));
    }

    @Test
    void anythingElseIsNoElfFile() throws IOException {
        assertThat(ElfReader.read(new byte[0])).isEmpty();
        assertThat(ElfReader.read("#!/bin/sh\necho hello\n".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(ElfReader.read(new byte[] {0x7f, 'E', 'L', 'F'})).isEmpty();
    }

    @Test
    void readsA32BitBigEndianHeader() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(52);
        file.putInt(0x7f454c46).put((byte) 1).put((byte) 2).putShort(18, (short) 20);

        assertThat(ElfReader.read(file.array()))
                .hasValue(new ElfFile(ElfMachine.OTHER, false, Optional.empty(), List.of(), Set.of(), Set.of()));
    }

    @Test
    void namesWhatIsWrongWithATruncatedFile() throws IOException {
        byte[] start = Arrays.copyOf(Files.readAllBytes(SHELL), 40);

        assertThatThrownBy(() -> ElfReader.read(start))
                .isInstanceOf(MalformedElfException.class)
                .hasMessage("The ELF file refers to 64 bytes at 0 but has only 40");
    }

    @Test
    void namesAnUnknownClass() {
        byte[] file = new byte[64];
        ByteBuffer.wrap(file).putInt(0x7f454c46).put((byte) 7);

        assertThatThrownBy(() -> ElfReader.read(file))
                .isInstanceOf(MalformedElfException.class)
                .hasMessage("The ELF file has an unknown class, 7");
    }

    private static String readelf(String option, Path file) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/usr/bin/readelf", "-W", option, file.toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private static List<String> all(String text, String pattern) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
