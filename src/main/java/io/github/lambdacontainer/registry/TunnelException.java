package io.github.lambdacontainer.registry;

import java.io.IOException;

/**
 * A proxy opened no tunnel (RFC 9110, "CONNECT"). What it answered is not the registry's word: nobody may take a
 * challenge, a redirect or a document from it.
 */
final class TunnelException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int status;

    TunnelException(int status) {
        super("The proxy answered " + status);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** What happened, as part of a sentence. */
    String reason() {
        return "the proxy opened no tunnel to it (" + status + ")";
    }
}
