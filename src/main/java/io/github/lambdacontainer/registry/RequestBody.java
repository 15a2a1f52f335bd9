package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a request sends. */
sealed interface RequestBody permits RequestBody.Bytes, StreamedBody {

    /** A body without a byte. */
    RequestBody NONE = of(new byte[0]);

    /** How many bytes it has. */
    long size();

    /**
     * Sends all of it.
     *
     * @param sending is told how far it is
     */
    void writeTo(OutputStream out, Sending sending) throws IOException;

    static RequestBody of(byte[] bytes) {
        return new Bytes(bytes);
    }

    static RequestBody of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A short body. */
    final class Bytes implements RequestBody {

        private final byte[] content;

        private Bytes(byte[] content) {
            this.content = content;
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public void writeTo(OutputStream out, Sending sending) throws IOException {
            out.write(content);
            sending.moved();
        }
    }
}
