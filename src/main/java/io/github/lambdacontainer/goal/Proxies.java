package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.registry.Credentials;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses a proxy as Maven's settings.xml says, {@code nonProxyHosts} included. What is on this machine never goes
 * through one: it may be sent a password over plain HTTP, and it would be another machine to the proxy.
 */
final class Proxies extends ProxySelector {

    private final List<org.apache.maven.settings.Proxy> active;
    private final Function<org.apache.maven.settings.Proxy, Optional<Credentials>> credentials;
    private final Map<org.apache.maven.settings.Proxy, Optional<Credentials>> known = new ConcurrentHashMap<>();

    /**
     * Those of these proxies that are active.
     *
     * @param credentials what each is told, asked for once and only if a request goes through it
     */
    Proxies(
            List<org.apache.maven.settings.Proxy> proxies,
            Function<org.apache.maven.settings.Proxy, Optional<Credentials>> credentials) {
        this.active = proxies.stream()
                .filter(org.apache.maven.settings.Proxy::isActive)
                .toList();
        this.credentials = credentials;
    }

    /** Whether no address has a proxy. */
    boolean isEmpty() {
        return active.isEmpty();
    }

    /** The proxy that answers for this address; one of another protocol serves where none of the same is set. */
    @Override
    public List<Proxy> select(URI uri) {
        return selected(uri)
                .map(proxy -> new Proxy(
                        Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())))
                .map(List::of)
                .orElse(List.of(Proxy.NO_PROXY));
    }

    /** What that proxy wants to be told, if there is one and it has any. */
    Optional<Credentials> credentials(URI uri) {
        return selected(uri).flatMap(proxy -> known.computeIfAbsent(proxy, credentials));
    }

    private Optional<org.apache.maven.settings.Proxy> selected(URI uri) {
        return active.stream()
                .filter(one -> !RegistryHost.isLoopback(uri.getHost()) && !exempt(one, uri.getHost()))
                .min(Comparator.comparing(one -> !uri.getScheme().equalsIgnoreCase(one.getProtocol())));
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
