package io.github.lambdacontainer.registry;

import java.io.IOException;

/** A proxy did not let a request through without a password. */
final class ProxyPasswordException extends IOException {

    static final int STATUS = 407;

    private static final long serialVersionUID = 1L;

    ProxyPasswordException() {
        super("The proxy answered " + STATUS);
    }
}
