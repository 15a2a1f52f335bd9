package io.github.lambdacontainer.registry;

import java.io.IOException;

/**
 * A request over HTTPS to an IPv6 address was to go through a proxy. The JDK's client takes the address for the name of a
 * host then, and refuses its brackets before it asks the proxy; over plain HTTP, or without a proxy, it does not.
 */
final class Ipv6ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String address;

    Ipv6ProxyException(String address, Throwable cause) {
        super("The JDK takes no IPv6 address through a proxy", cause);
        this.address = address;
    }

    /** The address that was asked, which need not be the registry's, without brackets. */
    String address() {
        return address;
    }
}
