package io.github.lambdacontainer.registry;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A request got no answer in time. */
class NoAnswerException extends SocketTimeoutException {

    private static final long serialVersionUID = 1L;

    NoAnswerException(Duration patience) {
        super("No answer within " + patience.toSeconds() + " s");
    }
}
