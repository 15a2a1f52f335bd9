package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Content that a digest and a size were announced for. */
record ExpectedContent(Digest digest, long size, InputStream in) {

    /** Copies all of it, and stops as soon as there is more than announced. */
    void copyTo(OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long copied = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            copied += count;
            if (copied > size) {
                throw BlobMismatchException.tooLong(digest, size);
            }
            out.write(buffer, 0, count);
        }
    }

    void check(Stored written) throws BlobMismatchException {
        if (written.size() != size) {
            throw BlobMismatchException.tooShort(digest, size, written.size());
        }
        if (!written.digest().equals(digest)) {
            throw BlobMismatchException.otherContent(digest, written.digest());
        }
    }
}
