package io.github.lambdacontainer.registry;

import java.io.IOException;

/** A proxy did not let a request through for want of a password (RFC 9110, "407 Proxy Authentication Required"). */
final class ProxyPasswordException extends IOException {

    static final int STATUS = 407;

    private static final long serialVersionUID = 1L;

    private final boolean known;

    /** With whether there is one for this proxy. */
    ProxyPasswordException(boolean known) {
        super("The proxy answered " + STATUS);
        this.known = known;
    }

    /** What happened, as part of a sentence. */
    String reason() {
        return known
                ? "the proxy refused the user and the password that settings.xml has for it (" + STATUS + ")"
                : "the proxy wants a user and a password (" + STATUS + "), and settings.xml has none for it";
    }
}
