package io.github.lambdacontainer.registry;

import io.github.lambdacontainer.image.Descriptor;
import java.io.IOException;
import java.util.Optional;

/**
 * Sends one blob: a {@code POST} that asks where to, and one {@code PUT} with all of it.
 *
 * <p>The two requests of the OCI distribution specification's "POST then PUT". containerd, and BuildKit with it, sends
 * no others to any registry, whatever the size (its {@code remotes/docker/pusher.go}). A {@code PATCH} between them is a
 * third round trip and leaves an upload whose state is unknown when it breaks off. After a failure the upload begins
 * anew, unless the registry has the blob by then.
 */
final class BlobUpload {

    private static final String ANY_BYTES = "application/octet-stream";

    private final Connections.Side side;
    private final PushMessages messages;
    private final TransferListener listener;
    private final Reference target;
    private final Descriptor blob;
    private final Deadline deadline;
    private final StreamedBody body;
    private Optional<UploadAddress> opened;
    private boolean repeated;
    private long reached;

    /** With the upload that is open already, if one is. */
    BlobUpload(
            Connections connections,
            Connections.Side side,
            BlobBytes bytes,
            Reference target,
            PushedBlob blob,
            Deadline deadline,
            Optional<UploadAddress> opened) {
        this.side = side;
        this.messages = new PushMessages(side.redactor());
        this.listener = connections.listener();
        this.target = target;
        this.blob = blob.descriptor();
        this.deadline = deadline;
        this.body = new StreamedBody(this.blob.size(), () -> bytes.open(blob, deadline), this::progress);
        this.opened = opened;
    }

    void run() {
        listener.uploading(target, blob);
        side.retries().run(target.registry(), Phase.UPLOAD, deadline, this::attempt);
        listener.uploaded(target, blob);
    }

    private boolean attempt() throws IOException {
        if (repeated && isThere()) {
            return true;
        }
        repeated = true;
        // First, as it may take long: no upload waits for a base, and it is the base's registry that is told to fail.
        body.open();
        try {
            send();
        } finally {
            body.release();
        }
        return true;
    }

    private void send() throws IOException {
        UploadAddress address = opened.isPresent() ? opened.get() : open();
        opened = Optional.empty();
        RegistryCall put = RegistryCall.push("PUT", target, "", Phase.UPLOAD)
                .at(address.taking(blob.digest()))
                .sending(body, ANY_BYTES)
                .answeredBy(400, 409)
                .mayPass(404, 416);
        Response response = side.client().once(put, deadline);
        if (response.statusCode() / 100 == 2) {
            checkStored(RegistryClient.withoutBody(response));
        } else {
            refuse(put, response.statusCode(), RegistryWords.of(response));
        }
    }

    /** A blob that cannot be stored is no obstacle if it is there: another push of the same layers was faster. */
    private void refuse(RegistryCall put, int status, RegistryWords words) throws IOException {
        if (!isThere()) {
            throw side.client().refusal(put, status, words);
        }
    }

    private boolean isThere() throws IOException {
        RegistryCall head = RegistryCall.push("HEAD", target, "blobs/" + blob.digest(), Phase.LOOKUP)
                .answeredBy(404);
        return RegistryClient.withoutBody(side.client().once(head, deadline)).statusCode() != 404;
    }

    private UploadAddress open() throws IOException {
        RegistryCall post = RegistryCall.push("POST", target, "blobs/uploads/", Phase.UPLOAD_START);
        Response response = RegistryClient.withoutBody(side.client().once(post, deadline));
        return UploadAddress.of(response, target.registry(), side.redirects())
                .orElseThrow(() -> messages.noUploadAddress(target));
    }

    private void checkStored(Response response) {
        Optional<String> stored = response.headers()
                .firstValue("Docker-Content-Digest")
                .filter(digest -> digest.startsWith("sha256:")
                        && !digest.equals(blob.digest().toString()));
        if (stored.isPresent()) {
            throw messages.storedOther(target, "layer", blob.digest(), stored.get());
        }
    }

    private synchronized void progress(long position) {
        if (position > reached) {
            listener.uploadProgress(blob, position - reached);
            reached = position;
        }
    }
}
