package io.github.lambdacontainer.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * The parts of the ELF header that lead to the program headers.
 *
 * @param programHeaders file offset of the first program header
 * @param programHeaderSize size of one in bytes
 * @param programHeaderCount how many there are
 */
record ElfHeader(
        ElfMachine machine,
        boolean is64Bit,
        ByteOrder order,
        long programHeaders,
        int programHeaderSize,
        int programHeaderCount) {

    private static final int MAGIC = 0x7f454c46;
    private static final int IDENT = 16;

    static Optional<ElfHeader> read(ElfSource source) throws IOException {
        if (source.size() < IDENT || source.read(0, 4).getInt() != MAGIC) {
            return Optional.empty();
        }
        ByteBuffer ident = source.read(0, IDENT);
        boolean is64Bit = oneOrTwo(ident.get(4), "class") == 2;
        ByteOrder order = oneOrTwo(ident.get(5), "byte order") == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer header = source.read(0, is64Bit ? 64 : 52).order(order);
        ElfMachine machine = ElfMachine.of(Short.toUnsignedInt(header.getShort(18)));
        long table = is64Bit ? header.getLong(32) : Integer.toUnsignedLong(header.getInt(28));
        int size = Short.toUnsignedInt(header.getShort(is64Bit ? 54 : 42));
        int count = Short.toUnsignedInt(header.getShort(is64Bit ? 56 : 44));
        if (count > 0 && size < (is64Bit ? 56 : 32)) {
            throw new MalformedElfException("The ELF file has program headers of only " + size + " bytes");
        }
        return Optional.of(new ElfHeader(machine, is64Bit, order, table, size, count));
    }

    private static int oneOrTwo(byte value, String what) throws MalformedElfException {
        if (value != 1 && value != 2) {
            throw new MalformedElfException("The ELF file has an unknown " + what + ", " + value);
        }
        return value;
    }

    /** Size of an address in bytes. */
    int wordSize() {
        return is64Bit ? 8 : 4;
    }

    /** Reads the next address or size of a buffer. */
    long word(ByteBuffer buffer) {
        return is64Bit ? buffer.getLong() : Integer.toUnsignedLong(buffer.getInt());
    }
}
