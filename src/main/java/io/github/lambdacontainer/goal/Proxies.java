package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.registry.RegistryHost;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Chooses a proxy as Maven's settings.xml says, {@code nonProxyHosts} included. What is on this machine never goes
 * through one: it may be sent a password over plain HTTP, and it would be another machine to the proxy.
 */
final class Proxies extends ProxySelector {

    private final List<org.apache.maven.settings.Proxy> active;

    Proxies(List<org.apache.maven.settings.Proxy> proxies) {
        this.active = proxies.stream()
                .filter(org.apache.maven.settings.Proxy::isActive)
                .toList();
    }

    /** The proxy for registries, which speak https; one of another protocol serves where none of https is set. */
    Optional<org.apache.maven.settings.Proxy> forHttps() {
        return preferring("https").findFirst();
    }

    /** The proxy that answers for this address; one of another protocol serves where none of the same is set. */
    @Override
    public List<Proxy> select(URI uri) {
        return preferring(uri.getScheme())
                .filter(proxy -> !RegistryHost.isLoopback(uri.getHost()) && !exempt(proxy, uri.getHost()))
                .map(proxy -> new Proxy(
                        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())))
                .findFirst()
                .map(List::of)
                .orElse(List.of(Proxy.NO_PROXY));
    }

    private Stream<org.apache.maven.settings.Proxy> preferring(String protocol) {
        return active.stream().sorted(Comparator.comparing(proxy -> !protocol.equalsIgnoreCase(proxy.getProtocol())));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // The request that could not connect fails by itself and says so.
    }

    private static boolean exempt(org.apache.maven.settings.Proxy proxy, String host) {
        return proxy.getNonProxyHosts() != null
                && Arrays.stream(proxy.getNonProxyHosts().split("[|,]", -1))
                        .map(String::strip)
                        .filter(pattern -> !pattern.isEmpty())
                        .anyMatch(pattern -> plain(host).matches(regex(pattern)));
    }

    private static String regex(String pattern) {
        return Arrays.stream(plain(pattern).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }

    /** An IPv6 address has brackets in every URI, and may lack them in settings.xml. */
    private static String plain(String host) {
        return RegistryHost.withoutBrackets(host).toLowerCase(Locale.ROOT);
    }
}
