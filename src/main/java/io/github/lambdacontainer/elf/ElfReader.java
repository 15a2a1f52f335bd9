package io.github.lambdacontainer.elf;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads ELF files of either class and byte order. Only the headers and the dynamic section are read, by program headers,
 * so that files stripped of section headers serve too and large ones cost little.
 */
public final class ElfReader {

    private ElfReader() {}

    /**
     * Reads a file.
     *
     * @return empty if the file is no ELF file
     * @throws MalformedElfException if it is one that contradicts itself or ends too early
     * @throws IOException if it cannot be read
     */
    public static Optional<ElfFile> read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return read(new ElfSource.OfChannel(channel));
        }
    }

    /**
     * Reads a file that is held in memory.
     *
     * @return empty if the content is no ELF file
     * @throws MalformedElfException if it is one that contradicts itself or ends too early
     */
    public static Optional<ElfFile> read(byte[] content) throws MalformedElfException {
        try {
            return read(new ElfSource.OfBytes(content));
        } catch (MalformedElfException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("Memory can be read", e);
        }
    }

    private static Optional<ElfFile> read(ElfSource source) throws IOException {
        Optional<ElfHeader> header = ElfHeader.read(source);
        return header.isEmpty() ? Optional.empty() : Optional.of(file(source, header.get()));
    }

    private static ElfFile file(ElfSource source, ElfHeader header) throws IOException {
        ElfSegments segments = ElfSegments.read(source, header);
        ElfDynamic dynamic = new ElfDynamic(source, header, segments);
        ElfVersions versions = new ElfVersions(source, header, dynamic);
        return new ElfFile(
                header.machine(),
                header.is64Bit(),
                segments.interpreter(),
                dynamic.needed(),
                versions.required(),
                versions.defined());
    }
}
