package io.github.lambdacontainer.cache;

import io.github.lambdacontainer.image.Digest;
import java.io.IOException;
import java.util.Optional;

/** Content is not what its digest and size say it is. */
public final class BlobMismatchException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<Digest> actual;

    private BlobMismatchException(String message, Optional<Digest> actual) {
        super(message);
        this.actual = actual;
    }

    static BlobMismatchException tooLong(Digest expected, long size) {
        return new BlobMismatchException(expected + " is longer than its " + size + " bytes", Optional.empty());
    }

    static BlobMismatchException tooShort(Digest expected, long size, long actualSize) {
        return new BlobMismatchException(
                expected + " ended after " + actualSize + " of " + size + " bytes", Optional.empty());
    }

    static BlobMismatchException otherContent(Digest expected, Digest actual) {
        return new BlobMismatchException(expected + " was expected, the content is " + actual, Optional.of(actual));
    }

    /** The digest that the content has, if all of it was read. */
    public Optional<Digest> actual() {
        return actual;
    }
}
