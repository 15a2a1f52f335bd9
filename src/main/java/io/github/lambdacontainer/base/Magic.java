package io.github.lambdacontainer.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The compression of a file, by how it begins. */
enum Magic {
    /** RFC 1952. */
    GZIP,
    /** RFC 8878. */
    ZSTD,
    /** No compression that layers use. */
    NONE;

    static final int LENGTH = 4;

    static Magic of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LENGTH));
        }
    }

    static Magic of(byte[] start) {
        if (start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b) {
            return GZIP;
        }
        boolean zstd = start.length >= 4
                && start[0] == 0x28
                && start[1] == (byte) 0xb5
                && start[2] == 0x2f
                && start[3] == (byte) 0xfd;
        return zstd ? ZSTD : NONE;
    }
}
