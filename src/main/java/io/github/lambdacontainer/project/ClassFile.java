package io.github.lambdacontainer.project;

import java.util.Arrays;
import java.util.Optional;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/** A class file as bytes (Java Virtual Machine Specification, section 4.1). */
final class ClassFile {

    /** How many bytes hold the magic number and the version. */
    static final int HEADER = 8;

    private static final int FIRST_WITH_PREVIEWS = 12;
    private static final int NEWEST_KNOWN = Opcodes.V25;

    private ClassFile() {}

    /** The Java feature version that reads a class file which begins with these bytes, if they begin one. */
    static Optional<Integer> feature(byte[] header) {
        boolean magic = header.length >= HEADER
                && header[0] == (byte) 0xca
                && header[1] == (byte) 0xfe
                && header[2] == (byte) 0xba
                && header[3] == (byte) 0xbe;
        return magic ? Optional.of(major(header) - 44) : Optional.empty();
    }

    /** Whether such a class file uses preview features, as its minor version says. */
    static boolean isPreview(byte[] header) {
        return feature(header).filter(f -> f >= FIRST_WITH_PREVIEWS).isPresent()
                && header[4] == (byte) 0xff
                && header[5] == (byte) 0xff;
    }

    /** What the class file declares, or nothing if it is damaged. */
    static Optional<ClassInfo> read(byte[] bytes) {
        if (feature(bytes).isEmpty()) {
            return Optional.empty();
        }
        try {
            ClassInfoVisitor visitor = new ClassInfoVisitor();
            new ClassReader(readable(bytes))
                    .accept(visitor, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
            return Optional.of(visitor.info());
        } catch (RuntimeException e) {
            // ASM answers a damaged class file with whatever its parsing runs into.
            return Optional.empty();
        }
    }

    // ASM refuses versions it does not know yet; declarations have looked the same since Java 8.
    private static byte[] readable(byte[] bytes) {
        if (major(bytes) <= NEWEST_KNOWN) {
            return bytes;
        }
        byte[] copy = Arrays.copyOf(bytes, bytes.length);
        copy[6] = 0;
        copy[7] = NEWEST_KNOWN;
        return copy;
    }

    private static int major(byte[] header) {
        return ((header[6] & 0xff) << 8) | (header[7] & 0xff);
    }
}
