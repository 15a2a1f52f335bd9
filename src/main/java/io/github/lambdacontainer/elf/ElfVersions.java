package io.github.lambdacontainer.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/** The two lists of symbol versions (Linux Standard Base, "Symbol Versioning"); their layout is the same in both classes. */
record ElfVersions(ElfSource source, ElfHeader header, ElfDynamic dynamic) {

    private static final int FLAG_BASE = 1;
    private static final int NEED_SIZE = 16;
    private static final int NEED_ENTRY_SIZE = 16;
    private static final int DEFINITION_SIZE = 20;
    private static final int DEFINITION_ENTRY_SIZE = 8;

    Set<String> required() throws IOException {
        Set<String> versions = new TreeSet<>();
        long offset = dynamic.offset(ElfDynamic.VERNEED).orElse(-1L);
        long count = offset < 0 ? 0 : count(ElfDynamic.VERNEEDNUM);
        int budget = ElfDynamic.MOST_NAMES;
        while (count-- > 0) {
            ByteBuffer need = read(offset, NEED_SIZE);
            long entry = offset + Integer.toUnsignedLong(need.getInt(8));
            for (int left = Short.toUnsignedInt(need.getShort(2)); left > 0 && budget > 0; left--, budget--) {
                ByteBuffer auxiliary = read(entry, NEED_ENTRY_SIZE);
                versions.add(name(auxiliary.getInt(8)));
                entry += Integer.toUnsignedLong(auxiliary.getInt(12));
            }
            offset += Integer.toUnsignedLong(need.getInt(12));
        }
        return Collections.unmodifiableSet(versions);
    }

    Set<String> defined() throws IOException {
        Set<String> versions = new TreeSet<>();
        long offset = dynamic.offset(ElfDynamic.VERDEF).orElse(-1L);
        long count = offset < 0 ? 0 : count(ElfDynamic.VERDEFNUM);
        while (count-- > 0) {
            ByteBuffer definition = read(offset, DEFINITION_SIZE);
            if ((definition.getShort(2) & FLAG_BASE) == 0) {
                long entry = offset + Integer.toUnsignedLong(definition.getInt(12));
                versions.add(name(read(entry, DEFINITION_ENTRY_SIZE).getInt(0)));
            }
            offset += Integer.toUnsignedLong(definition.getInt(16));
        }
        return Collections.unmodifiableSet(versions);
    }

    private long count(long tag) throws MalformedElfException {
        long count = dynamic.value(tag).orElse(0L);
        if (count < 0 || count > ElfDynamic.MOST_NAMES) {
            throw new MalformedElfException("The ELF file has " + count + " symbol versions");
        }
        return count;
    }

    private ByteBuffer read(long offset, int size) throws IOException {
        return source.read(offset, size).order(header.order());
    }

    private String name(int index) throws IOException {
        return dynamic.names().name(Integer.toUnsignedLong(index));
    }
}
