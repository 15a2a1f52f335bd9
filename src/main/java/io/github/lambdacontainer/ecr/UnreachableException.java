package io.github.lambdacontainer.ecr;

import java.io.IOException;

/** There was no answer; the message is a sentence without its full stop. */
final class UnreachableException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String host, String reason) {
        super(host + " could not be reached: " + reason);
    }
}
