package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.time.Duration;

/** No bytes came for too long. */
final class StallException extends IOException {

    private static final long serialVersionUID = 1L;

    StallException(Duration patience) {
        super("No data for " + patience.toSeconds() + " s");
    }
}
