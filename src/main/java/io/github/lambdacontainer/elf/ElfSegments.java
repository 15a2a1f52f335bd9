package io.github.lambdacontainer.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program headers: what is loaded where, and the two segments that the loader reads. */
record ElfSegments(List<Segment> loaded, Optional<Segment> dynamic, Optional<String> interpreter) {

    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final int INTERP = 3;

    /** A part of the file and the address it is loaded at. */
    record Segment(long offset, long address, long size) {}

    static ElfSegments read(ElfSource source, ElfHeader header) throws IOException {
        List<Segment> loaded = new ArrayList<>();
        Optional<Segment> dynamic = Optional.empty();
        Optional<String> interpreter = Optional.empty();
        int size = header.programHeaderSize();
        for (int i = 0; i < header.programHeaderCount(); i++) {
            long offset = header.programHeaders() + (long) i * size;
            ByteBuffer entry = source.read(offset, size).order(header.order());
            Segment segment = segment(entry, header);
            switch (entry.getInt(0)) {
                case LOAD -> loaded.add(segment);
                case DYNAMIC -> dynamic = Optional.of(segment);
                case INTERP -> interpreter = Optional.of(new ElfNames(source, segment.offset, segment.size).name(0));
                default -> {}
            }
        }
        return new ElfSegments(loaded, dynamic, interpreter);
    }

    private static Segment segment(ByteBuffer entry, ElfHeader header) {
        entry.position(header.is64Bit() ? 8 : 4);
        long offset = header.word(entry);
        long address = header.word(entry);
        header.word(entry);
        return new Segment(offset, address, header.word(entry));
    }

    /** The file offset of what is loaded at this address. */
    long offsetOf(long address) throws MalformedElfException {
        for (Segment segment : loaded) {
            long distance = address - segment.address;
            if (distance >= 0 && distance < segment.size) {
                return segment.offset + distance;
            }
        }
        throw new MalformedElfException(
                "The ELF file refers to address 0x" + Long.toHexString(address) + ", which it does not load");
    }
}
