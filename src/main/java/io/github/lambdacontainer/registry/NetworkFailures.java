package io.github.lambdacontainer.registry;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;

/** What the failures of the HTTP client mean, in the same words for registries and for AWS. */
public final class NetworkFailures {

    private NetworkFailures() {}

    /**
     * Why a request got no answer, as part of a sentence.
     *
     * @param settings how long was waited for what
     */
    public static String reason(Throwable failure, HttpSettings settings) {
        if (has(failure, ConnectTimeoutException.class)) {
            return "there was no connection within " + settings.connect().toSeconds() + " s";
        }
        if (failure instanceof SocketTimeoutException) {
            return "there was no answer within " + settings.headers().toSeconds() + " s";
        }
        if (failure instanceof ProxyPasswordException refused) {
            return refused.reason();
        }
        if (failure instanceof TunnelException refused) {
            return refused.reason();
        }
        if (isCertificateProblem(failure)) {
            return "its certificate is not trusted";
        }
        if (has(failure, SSLHandshakeException.class)) {
            return "the TLS handshake failed";
        }
        if (isUnknownHost(failure)) {
            return "the host is not known";
        }
        if (has(failure, ConnectException.class)) {
            return isWithoutRoute(failure) ? "there is no route to it" : "the connection was refused";
        }
        return "the connection broke off";
    }

    static boolean isCertificateProblem(Throwable failure) {
        return has(failure, CertificateException.class, CertPathBuilderException.class);
    }

    static boolean isUnknownHost(Throwable failure) {
        return has(failure, UnresolvedAddressException.class, UnknownHostException.class);
    }

    /**
     * Whether a failed connection never left this machine. Of a network that cannot be reached Java only has the
     * system's words, in the language of its user, and no class of its own.
     */
    private static boolean isWithoutRoute(Throwable failure) {
        return has(failure, NoRouteToHostException.class, UnsupportedAddressTypeException.class)
                || causes(failure).anyMatch(e -> e.getClass() == SocketException.class);
    }

    private static boolean has(Throwable failure, Class<?>... kinds) {
        return causes(failure).anyMatch(e -> List.of(kinds).stream().anyMatch(kind -> kind.isInstance(e)));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(failure, Objects::nonNull, e -> e == null ? null : e.getCause())
                .map(Objects::requireNonNull);
    }
}
