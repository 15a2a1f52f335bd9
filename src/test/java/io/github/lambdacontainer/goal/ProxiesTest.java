package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lambdacontainer.registry.Credentials;
import io.github.lambdacontainer.registry.HttpSettings;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

    private static org.apache.maven.settings.Proxy proxy(
            String protocol, String host, boolean active, String nonProxyHosts) {
        org.apache.maven.settings.Proxy proxy = new org.apache.maven.settings.Proxy();
        proxy.setProtocol(protocol);
        proxy.setHost(host);
        proxy.setPort(3128);
        proxy.setActive(active);
        proxy.setNonProxyHosts(nonProxyHosts);
        return proxy;
    }

    /** The password of each is its host. */
    private static Proxies proxies(org.apache.maven.settings.Proxy... proxies) {
        return new Proxies(List.of(proxies), proxy -> Optional.of(new Credentials("me", proxy.getHost())));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://public.ecr.aws/v2/, secure",
                "http://public.ecr.aws/v2/, plain",
                "https://localhost:5000/v2/, -",
                "https://Registry.Internal.Example/v2/, -",
                "https://internal.example/v2/, secure"
            })
    void chosenByProtocolAndExemptions(URI uri, String host) {
        String own = "localhost|*.internal.example";
        Proxies proxies = proxies(
                proxy("http", "off", false, own),
                proxy("http", "plain", true, own),
                proxy("https", "secure", true, own));

        assertThat(proxies.select(uri))
                .containsExactly(
                        host == null
                                ? Proxy.NO_PROXY
                                : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, 3128)));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "https://public.ecr.aws/v2/, secure",
                "http://public.ecr.aws/v2/, plain",
                "https://registry.internal.example/v2/, plain",
                "https://registry.outside.example/v2/, secure",
                "http://registry.outside.example/v2/, secure",
                "https://localhost:5000/v2/, -"
            })
    void eachIsToldItsOwnPassword(URI uri, String password) {
        Proxies proxies = proxies(
                proxy("https", "secure", true, "*.internal.example"),
                proxy("http", "plain", true, "*.outside.example"));

        assertThat(HttpSettings.DEFAULT
                        .withProxies(proxies, proxies::credentials)
                        .credentialsOfProxy(uri))
                .isEqualTo(Optional.ofNullable(password).map(text -> new Credentials("me", text)));
    }

    /** The password of a proxy that no request goes through may be one that nobody can decrypt. */
    @Test
    void aPasswordIsReadOnceAndOnlyIfItsProxyIsUsed() {
        List<String> read = new ArrayList<>();
        Proxies proxies = new Proxies(
                List.of(proxy("https", "secure", true, "*.internal.example"), proxy("http", "plain", true, null)),
                proxy -> {
                    read.add(proxy.getHost());
                    return Optional.of(new Credentials("me", proxy.getHost()));
                });

        assertThat(proxies.select(URI.create("http://public.ecr.aws/v2/"))).doesNotContain(Proxy.NO_PROXY);
        assertThat(read).isEmpty();

        proxies.credentials(URI.create("https://public.ecr.aws/v2/"));
        proxies.credentials(URI.create("https://quay.io/v2/"));
        assertThat(read).containsExactly("secure");
    }

    /** A password may go over plain HTTP to this machine, and a proxy would read it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5000/v2/",
                "https://LocalHost/v2/",
                "http://127.0.0.1:5000/v2/",
                "http://127.1.2.3/v2/",
                "http://[::1]:5000/v2/",
                "https://[0:0:0:0:0:0:0:1]/v2/"
            })
    void thisMachineIsNeverAskedThroughAProxy(URI uri) {
        assertThat(Stream.of(null, "", "*.internal.example"))
                .allSatisfy(hosts -> assertThat(
                                proxies(proxy("http", "plain", true, hosts)).select(uri))
                        .containsExactly(Proxy.NO_PROXY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost.example/v2/", "http://127.0.0.1.example/v2/", "http://[2001:db8::1]:5000/v2/"})
    void otherMachinesAre(URI uri) {
        assertThat(proxies(proxy("http", "plain", true, null)).select(uri)).doesNotContain(Proxy.NO_PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "[2001:db8::1], true",
        "2001:db8::1, true",
        "2001:DB8::*, true",
        "[2001:db8::*], true",
        "*.example|2001:db8::1, true",
        "2001:db8::2, false",
        "[2001:db8::2], false",
        "2001:db8::, false"
    })
    void ipv6AddressesAreExemptWithAndWithoutBrackets(String nonProxyHosts, boolean exempt) {
        Proxies proxies = proxies(proxy("https", "secure", true, nonProxyHosts));

        assertThat(proxies.select(URI.create("https://[2001:db8::1]:5000/v2/")).contains(Proxy.NO_PROXY))
                .isEqualTo(exempt);
    }
}
