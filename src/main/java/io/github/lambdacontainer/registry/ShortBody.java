package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads the bodies of responses that are short, such as a manifest or a token, and none that does not end. */
final class ShortBody {

    private ShortBody() {}

    /** The bytes of a body, unless they are more than this; closes it. */
    static Optional<byte[]> read(Response response, int most) throws IOException {
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(most + 1);
            return bytes.length > most ? Optional.empty() : Optional.of(bytes);
        }
    }
}
