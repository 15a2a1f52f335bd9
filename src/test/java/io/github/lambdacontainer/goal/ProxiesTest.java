package io.github.lambdacontainer.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxiesTest {

    private static org.apache.maven.settings.Proxy proxy(String protocol, String host, boolean active) {
        org.apache.maven.settings.Proxy proxy = new org.apache.maven.settings.Proxy();
        proxy.setProtocol(protocol);
        proxy.setHost(host);
        proxy.setPort(3128);
        proxy.setActive(active);
        proxy.setNonProxyHosts("localhost|*.internal.example");
        return proxy;
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
        Proxies proxies = new Proxies(
                List.of(proxy("http", "off", false), proxy("http", "plain", true), proxy("https", "secure", true)));

        assertThat(proxies.select(uri))
                .containsExactly(
                        host == null
                                ? Proxy.NO_PROXY
                                : new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, 3128)));
    }
}
