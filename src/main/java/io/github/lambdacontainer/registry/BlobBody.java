package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The bytes of a blob; where they break off, the download goes on from there. */
final class BlobBody extends InputStream {

    private static final int MAX_RESUMED = 50;

    private final RegistryClient client;
    private final Retries retries;
    private final TransferListener listener;
    private final Reference reference;
    private final Descriptor blob;
    private final Deadline deadline;
    private Response response;
    private long position;
    private int resumed;
    private int fruitless;

    BlobBody(
            RegistryClient client,
            Retries retries,
            TransferListener listener,
            Reference reference,
            Descriptor blob,
            Deadline deadline) {
        this.client = client;
        this.retries = retries;
        this.listener = listener;
        this.reference = reference;
        this.blob = blob;
        this.deadline = deadline;
        this.response = open(Map.of());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (true) {
            try {
                int count = response.body().read(bytes, offset, length);
                if (count >= 0) {
                    advance(count);
                    return count;
                }
                if (position >= blob.size() || isWhole()) {
                    return -1;
                }
                throw new EOFException("The blob ended early");
            } catch (IOException e) {
                resume(e);
            }
        }
    }

    private void advance(int count) {
        position += count;
        fruitless = 0;
        listener.progress(blob, count);
    }

    /** A body that announced its length came in full: it is short, not cut off. */
    private boolean isWhole() {
        return response.headers().firstValueAsLong("Content-Length").isPresent();
    }

    private void resume(IOException failure) throws IOException {
        response.body().close();
        resumed++;
        IOException current = failure;
        while (true) {
            fruitless++;
            int failed = resumed > MAX_RESUMED ? Retries.ATTEMPTS : fruitless;
            retries.pause(failed, reference.registry(), Phase.BLOB, deadline, current);
            try {
                response = openAt(position);
                return;
            } catch (IOException e) {
                current = e;
            }
        }
    }

    private Response openAt(long offset) throws IOException {
        if (offset > 0) {
            Response rest = open(Map.of("Range", "bytes=" + offset + "-"));
            if (ContentRange.continues(rest, offset, blob.size())) {
                return rest;
            }
            if (rest.statusCode() == 200) {
                rest.body().skipNBytes(offset);
                return rest;
            }
            rest.body().close();
        }
        Response whole = open(Map.of());
        whole.body().skipNBytes(offset);
        return whole;
    }

    private Response open(Map<String, String> headers) {
        RegistryCall call = RegistryCall.get(reference, "blobs/" + blob.digest(), headers, Phase.BLOB);
        return client.call(call, deadline, opened -> opened);
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }
}
