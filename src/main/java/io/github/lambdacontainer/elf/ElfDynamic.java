package io.github.lambdacontainer.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dynamic section: tags and their values, with the string table they refer to. */
final class ElfDynamic {

    static final long VERDEF = 0x6ffffffcL;
    static final long VERDEFNUM = 0x6ffffffdL;
    static final long VERNEED = 0x6ffffffeL;
    static final long VERNEEDNUM = 0x6fffffffL;

    /** No real file comes near; a crafted one must not fill the memory. */
    static final int MOST_NAMES = 4096;

    private static final long NULL = 0;
    private static final long NEEDED = 1;
    private static final long STRTAB = 5;
    private static final long STRSZ = 10;
    private static final int MOST_BYTES = 1 << 20;

    private final ElfSegments segments;
    private final List<Long> needed = new ArrayList<>();
    private final Map<Long, Long> values = new HashMap<>();
    private final ElfNames names;

    ElfDynamic(ElfSource source, ElfHeader header, ElfSegments segments) throws IOException {
        this.segments = segments;
        if (segments.dynamic().isPresent()) {
            readEntries(source, header, segments.dynamic().get());
        }
        long size = value(STRSZ).orElse(Long.MAX_VALUE);
        Optional<Long> table = offset(STRTAB);
        this.names = table.isPresent() ? new ElfNames(source, table.get(), size) : new ElfNames(source, 0, 0);
    }

    private void readEntries(ElfSource source, ElfHeader header, ElfSegments.Segment dynamic) throws IOException {
        int size = (int) Math.min(Math.max(dynamic.size(), 0), MOST_BYTES);
        ByteBuffer entries = source.read(dynamic.offset(), size).order(header.order());
        while (entries.remaining() >= 2 * header.wordSize()) {
            long tag = header.word(entries);
            long value = header.word(entries);
            if (tag == NULL) {
                return;
            }
            if (tag == NEEDED) {
                needed.add(value);
            } else {
                values.put(tag, value);
            }
            if (needed.size() > MOST_NAMES) {
                throw new MalformedElfException("The ELF file needs more than " + MOST_NAMES + " libraries");
            }
        }
    }

    ElfNames names() {
        return names;
    }

    List<String> needed() throws IOException {
        List<String> libraries = new ArrayList<>();
        for (long index : needed) {
            libraries.add(names.name(index));
        }
        return List.copyOf(libraries);
    }

    Optional<Long> value(long tag) {
        return Optional.ofNullable(values.get(tag));
    }

    /** The file offset of what the tag's value, an address, refers to. */
    Optional<Long> offset(long tag) throws IOException {
        Optional<Long> address = value(tag);
        return address.isPresent() ? Optional.of(segments.offsetOf(address.get())) : Optional.empty();
    }
}
