package io.github.lambdacontainer.cache;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A file that tells how far it is written. */
final class GrowingFile extends FilterOutputStream {

    private final Path path;
    private final Growth growth;
    private long size;

    GrowingFile(Path path, OutputStream out, Growth growth) {
        super(out);
        this.path = path;
        this.growth = growth;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        size += length;
        growth.reached(path, size);
    }
}
