package io.github.lambdacontainer.registry;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The addresses of a host, in Java's order: its HTTP client asks the first and no other.
 *
 * @param all what the name stands for, none if it is not known
 */
record HostAddresses(List<InetAddress> all) {

    /** Of this host with or without a port. */
    static HostAddresses of(String authority) {
        try {
            return new HostAddresses(List.of(InetAddress.getAllByName(RegistryHost.withoutPort(authority))));
        } catch (UnknownHostException e) {
            return new HostAddresses(List.of());
        }
    }

    /** Whether some are of IPv4 and some of IPv6, of which a machine may reach one kind only. */
    boolean areOfBothKinds() {
        return all.stream().map(Inet6Address.class::isInstance).distinct().count() == 2;
    }

    /** Which one was asked and which were not, as the end of a sentence; only where there are several. */
    String text() {
        return " at " + all.get(0).getHostAddress() + ", and Java does not ask its other addresses, "
                + all.stream().skip(1).map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }

    /** How to have an address of the other kind asked. */
    String next() {
        boolean sixFirst = all.get(0) instanceof Inet6Address;
        return " To have it reached over IPv" + (sixFirst ? 4 : 6) + ", set -Djava.net.preferIPv6Addresses=" + !sixFirst
                + " in MAVEN_OPTS.";
    }
}
