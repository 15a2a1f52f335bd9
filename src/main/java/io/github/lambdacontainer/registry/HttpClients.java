package io.github.lambdacontainer.registry;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.auth.BasicScheme;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes the HTTP client: one that does what it is told and nothing else. It repeats nothing, follows nothing, keeps no
 * cookies, and knows no passwords.
 */
final class HttpClients {

    /** More than ever are used at once, as one part of a build must not wait for a connection of another. */
    private static final int MOST_CONNECTIONS = 100;

    private static final int MOST_IN_A_LINE = 64 << 10;
    private static final int MOST_HEADERS = 200;

    /** A connection that was idle for so long is looked at before it is used again: it may have been closed. */
    private static final TimeValue IDLE = TimeValue.ofMilliseconds(500);

    private HttpClients() {}

    static CloseableHttpClient create(HttpSettings settings) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections(settings))
                .setUserAgent(HttpSettings.USER_AGENT)
                .setRoutePlanner(routes(settings))
                .setTargetAuthenticationStrategy((kind, challenges, context) -> List.of())
                .setDefaultCookieSpecRegistry(name -> null)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableAuthCaching()
                .disableCookieManagement()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    /** Over the proxies of the settings, or else those that Java itself knows. */
    private static HttpRoutePlanner routes(HttpSettings settings) {
        HttpRoutePlanner planner =
                new SystemDefaultRoutePlanner(settings.proxies().orElse(null));
        return (target, context) -> {
            HttpRoute route = planner.determineRoute(target, context);
            HttpHost proxy = route.getProxyHost();
            if (proxy != null) {
                settings.credentialsOfProxy(URI.create(target.toURI()))
                        .ifPresent(credentials -> tell(proxy, credentials, context));
            }
            return route;
        };
    }

    /** Before it asks: a proxy may close the connection with its question. */
    private static void tell(HttpHost proxy, Credentials credentials, HttpContext context) {
        BasicScheme basic = new BasicScheme();
        basic.initPreemptive(new UsernamePasswordCredentials(
                credentials.username(), credentials.password().toCharArray()));
        HttpClientContext.cast(context).resetAuthExchange(proxy, basic);
    }

    /** All waiting is limited by whoever waits, but for the limits here, on what nobody may be able to stop. */
    private static PoolingHttpClientConnectionManager connections(HttpSettings settings) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setTlsSocketStrategy(HttpClients::secured)
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(Timeout.of(settings.headers()))
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setSoTimeout(Timeout.DISABLED).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(settings.connect()))
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(IDLE)
                        .build())
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setMaxLineLength(MOST_IN_A_LINE)
                                .setMaxHeaderCount(MOST_HEADERS)
                                .build())
                        .build())
                .build();
    }

    /** The JDK itself compares the host with the certificate; its trust store is only read where TLS is spoken. */
    private static SSLSocket secured(
            Socket socket, String host, int port, @Nullable Object attachment, HttpContext context) throws IOException {
        DefaultClientTlsStrategy tls = new DefaultClientTlsStrategy(
                context(), HostnameVerificationPolicy.BUILTIN, NoopHostnameVerifier.INSTANCE);
        try {
            return tls.upgrade(socket, host, port, attachment, context);
        } catch (SocketException e) {
            // There was a connection, which is what a failure to connect is told from.
            throw new IOException("The TLS handshake broke off", e);
        }
    }

    /** The one that the properties {@code javax.net.ssl.*} describe. */
    static SSLContext context() throws IOException {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("There is no TLS", e);
        }
    }
}
