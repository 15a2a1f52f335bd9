package io.github.lambdacontainer.registry;

import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * How registries are spoken to.
 *
 * @param connect how long a connection may take
 * @param headers how long a request may take up to the headers of its response
 * @param stall how long a body may pause
 * @param operation how long one operation may take with all its repetitions: resolving an image, downloading, mounting or
 *     uploading one blob, asking what the tags name, or putting a manifest and its tags and reading them back; an upload
 *     may take longer, by a second for each 256 KiB
 * @param proxies chooses the proxy for an address, if there is any
 * @param proxyCredentials what the proxy for an address is told; no other proxy may know it
 * @param offline never to speak to a registry at all
 * @param allowInsecureRegistries whether a registry outside of this machine may be read and pushed to over plain HTTP,
 *     without a password
 */
public record HttpSettings(
        Duration connect,
        Duration headers,
        Duration stall,
        Duration operation,
        Optional<ProxySelector> proxies,
        Function<URI, Optional<Credentials>> proxyCredentials,
        boolean offline,
        boolean allowInsecureRegistries) {

    /** What requests call their sender. */
    public static final String USER_AGENT = "lambda-container-maven-plugin";

    /** Online, without a proxy, secure; 10 s to connect, 30 s for headers and pauses, 30 min for an operation. */
    public static final HttpSettings DEFAULT = new HttpSettings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofMinutes(30),
            Optional.empty(),
            uri -> Optional.empty(),
            false,
            false);

    /** Whether a request to this address goes through a proxy. */
    boolean hasProxy(URI uri) {
        return proxies.isPresent()
                && proxies.get().select(uri).stream().anyMatch(proxy -> proxy.type() != Proxy.Type.DIRECT);
    }

    /** What the proxy is told that a request to this address goes through, if it goes through one that has credentials. */
    public Optional<Credentials> credentialsOfProxy(URI uri) {
        return hasProxy(uri) ? proxyCredentials.apply(uri) : Optional.empty();
    }

    /** The same, offline or not. */
    public HttpSettings withOffline(boolean value) {
        return new HttpSettings(
                connect, headers, stall, operation, proxies, proxyCredentials, value, allowInsecureRegistries);
    }

    /** The same, with insecure registries allowed or not. */
    public HttpSettings withAllowInsecureRegistries(boolean value) {
        return new HttpSettings(connect, headers, stall, operation, proxies, proxyCredentials, offline, value);
    }

    /** The same with these proxies, and the credentials of the one that is selected for an address. */
    public HttpSettings withProxies(ProxySelector selector, Function<URI, Optional<Credentials>> credentials) {
        return new HttpSettings(
                connect,
                headers,
                stall,
                operation,
                Optional.of(selector),
                credentials,
                offline,
                allowInsecureRegistries);
    }

    /** The same with these times. */
    public HttpSettings withTimeouts(
            Duration newConnect, Duration newHeaders, Duration newStall, Duration newOperation) {
        return new HttpSettings(
                newConnect,
                newHeaders,
                newStall,
                newOperation,
                proxies,
                proxyCredentials,
                offline,
                allowInsecureRegistries);
    }
}
