package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Writes to a file of the cache, counts and digests; a disk that fails is told apart from a writer that does. */
final class BlobOutput extends OutputStream {

    private final Path path;
    private final OutputStream out;
    private final MessageDigest computation = Digest.newMessageDigest();
    private long size;

    BlobOutput(Path path, OutputStream out) {
        this.path = path;
        this.out = new BufferedOutputStream(out, 64 * 1024);
    }

    Digest digest() {
        return Digest.of(computation);
    }

    long size() {
        return size;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw CacheDirectory.unwritable(path, e);
        }
        computation.update(bytes, offset, length);
        size += length;
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw CacheDirectory.unwritable(path, e);
        }
    }
}
