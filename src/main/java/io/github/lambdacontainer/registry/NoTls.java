package io.github.lambdacontainer.registry;

import java.security.SecureRandom;
import java.security.Security;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * What a client gets that only ever speaks plain HTTP: any other context reads the trust store and looks for everything
 * TLS may need, which takes longer than a registry on this machine takes to answer.
 */
final class NoTls extends SSLContext {

    NoTls() {
        super(new Nothing(), Security.getProviders()[0], "none");
    }

    private static final class Nothing extends SSLContextSpi {

        private static UnsupportedOperationException plain() {
            return new UnsupportedOperationException("This client speaks plain HTTP only");
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
            throw plain();
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw plain();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw plain();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            throw plain();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            throw plain();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            throw plain();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            throw plain();
        }

        /** The client asks for these in any case. */
        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return new SSLParameters(new String[0], new String[0]);
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return engineGetDefaultSSLParameters();
        }
    }
}
