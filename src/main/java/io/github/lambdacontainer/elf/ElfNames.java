package io.github.lambdacontainer.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A string table: text that ends with a zero byte, by its offset in the table. */
record ElfNames(ElfSource source, long offset, long size) {

    /** Longer than any path on Linux. */
    private static final int LONGEST = 4096;

    private static final int CHUNK = 128;

    String name(long index) throws IOException {
        if (index < 0 || index >= size) {
            throw new MalformedElfException(
                    "The ELF file refers to name " + index + " of a table of " + size + " bytes");
        }
        long available = Math.min(LONGEST, Math.min(size, source.size() - offset) - index);
        StringBuilder name = new StringBuilder();
        for (int done = 0; done < available; done += CHUNK) {
            ByteBuffer chunk = source.read(offset + index + done, (int) Math.min(CHUNK, available - done));
            int end = indexOfZero(chunk);
            // A byte for a character: names of libraries and versions are ASCII, and cutting chunks must not cut
            // characters.
            name.append(StandardCharsets.ISO_8859_1.decode(chunk.slice(0, end)));
            if (end < chunk.limit()) {
                return name.toString();
            }
        }
        throw new MalformedElfException("The ELF file has a name that does not end");
    }

    private static int indexOfZero(ByteBuffer chunk) {
        int end = 0;
        while (end < chunk.limit() && chunk.get(end) != 0) {
            end++;
        }
        return end;
    }
}
