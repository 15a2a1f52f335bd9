package io.github.lambdacontainer.elf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DamagedElfTest {

    private static final byte[] LIBRARY = library();

    @Property(tries = 3000)
    void damagedFilesAreReadOrRefusedByName(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int changes, @ForAll boolean cut) {
        Random random = new Random(seed);
        byte[] damaged = LIBRARY.clone();
        for (int i = 0; i < changes; i++) {
            // Headers and dynamic section decide what is read, so most damage goes to the beginning.
            int reach = random.nextInt(4) == 0 ? damaged.length : Math.min(2048, damaged.length);
            damaged[random.nextInt(reach)] = (byte) random.nextInt(256);
        }
        if (cut) {
            damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        readsOrRefuses(damaged);
    }

    @Property(tries = 3000)
    void damagedDynamicSectionsAreReadOrRefusedByName(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int changes) {
        Random random = new Random(seed);
        byte[] damaged = LIBRARY.clone();
        int[] dynamic = dynamicSection();
        for (int i = 0; i < changes; i++) {
            damaged[dynamic[0] + random.nextInt(dynamic[1])] = (byte) random.nextInt(256);
        }
        readsOrRefuses(damaged);
    }

    @Property(tries = 1000)
    void anyBytesAfterTheMagicAreReadOrRefusedByName(@ForAll byte[] bytes) {
        byte[] file = new byte[bytes.length + 6];
        System.arraycopy(bytes, 0, file, 6, bytes.length);
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, file, 0, 6);
        readsOrRefuses(file);
    }

    private static void readsOrRefuses(byte[] file) {
        try {
            Optional<ElfFile> elf = ElfReader.read(file);
            elf.ifPresent(e -> assertThat(e.needed()).doesNotContainNull());
        } catch (MalformedElfException e) {
            assertThat(e).hasMessageStartingWith("The ELF file ");
        }
    }

    private static int[] dynamicSection() {
        java.nio.ByteBuffer file = java.nio.ByteBuffer.wrap(LIBRARY).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        int table = (int) file.getLong(32);
        for (int i = 0; i < file.getShort(56); i++) {
            int entry = table + i * 56;
            if (file.getInt(entry) == 2) {
                return new int[] {(int) file.getLong(entry + 8), (int) file.getLong(entry + 32)};
            }
        }
        throw new IllegalStateException("The library has no dynamic section");
    }

    private static byte[] library() {
        try {
            return Files.readAllBytes(Path.of(System.getProperty("java.home"), "lib", "libnet.so"));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
