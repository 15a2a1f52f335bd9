package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import io.github.lambdacontainer.image.Digest;
import io.github.lambdacontainer.problem.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Fails instead of ending where the bytes are not those of a descriptor. */
final class VerifiedStream extends FilterInputStream {

    private final Descriptor blob;
    private final Complaints complaints;
    private final MessageDigest computation = Digest.newMessageDigest();
    private long position;
    private boolean ended;

    VerifiedStream(InputStream in, Descriptor blob, Complaints complaints) {
        super(in);
        this.blob = blob;
        this.complaints = complaints;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = ended ? -1 : readOn(bytes, offset, length);
        if (count >= 0) {
            position += count;
            computation.update(bytes, offset, count);
        }
        if (count < 0 && !ended) {
            ended = true;
            checkEnd();
        }
        if (position > blob.size()) {
            throw complaints.mismatch(Optional.empty());
        }
        return count;
    }

    private int readOn(byte[] bytes, int offset, int length) {
        try {
            return super.read(bytes, offset, length);
        } catch (IOException e) {
            throw complaints.unreadable(e);
        }
    }

    private void checkEnd() {
        if (position < blob.size()) {
            throw complaints.mismatch(Optional.empty());
        }
        Digest actual = Digest.of(computation);
        if (!actual.equals(blob.digest())) {
            throw complaints.mismatch(Optional.of(actual));
        }
    }

    /** What to say where the source is not what it should be. */
    interface Complaints {

        /** The bytes are others: their digest, if it is not the size that is wrong. */
        Failure mismatch(Optional<Digest> actual);

        /** The bytes cannot be read. */
        Failure unreadable(IOException e);
    }
}
