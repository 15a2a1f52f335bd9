package io.github.lambdacontainer.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Bytes of a file by offset. */
sealed interface ElfSource {

    long size() throws IOException;

    /** Fills the buffer from this offset; the caller has checked that so many bytes are there. */
    void fill(long offset, ByteBuffer buffer) throws IOException;

    /** So many bytes from this offset, ready to be read. */
    default ByteBuffer read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset > size() - length) {
            throw new MalformedElfException(
                    "The ELF file refers to " + length + " bytes at " + offset + " but has only " + size());
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        fill(offset, buffer);
        return buffer.flip();
    }

    /** A file. */
    record OfChannel(SeekableByteChannel channel) implements ElfSource {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void fill(long offset, ByteBuffer buffer) throws IOException {
            channel.position(offset);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer) < 0) {
                    throw new MalformedElfException("The ELF file ended while it was read");
                }
            }
        }
    }

    /** A file held in memory. */
    record OfBytes(ByteBuffer content) implements ElfSource {
        OfBytes(byte[] content) {
            this(ByteBuffer.wrap(content));
        }

        @Override
        public long size() {
            return content.limit();
        }

        @Override
        public void fill(long offset, ByteBuffer buffer) {
            buffer.put(content.slice((int) offset, buffer.remaining()));
        }
    }
}
