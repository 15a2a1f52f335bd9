package io.github.lambdacontainer.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} and 127.0.0.1 that signs itself, made with {@code keytool}.
 *
 * @param certificate the certificate as PEM
 * @param key the key as PEM
 * @param store certificate and key as PKCS12
 */
record TestCertificate(Path certificate, Path key, Path store) {

    static final String STORE_PASSWORD = "changeit";

    static TestCertificate create(Path directory) {
        try {
            Path store = directory.resolve("certificate.p12");
            Command.of(
                            It.jdk().resolve("bin/keytool"),
                            "-genkeypair",
                            "-alias",
                            "test",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            STORE_PASSWORD,
                            "-keystore",
                            store)
                    .output();
            KeyStore keys = load(store);
            return new TestCertificate(
                    pem(
                            directory.resolve("certificate.pem"),
                            "CERTIFICATE",
                            keys.getCertificate("test").getEncoded()),
                    pem(directory.resolve("key.pem"), "PRIVATE KEY", key(keys).getEncoded()),
                    store);
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A context for clients that trust this certificate. */
    SSLContext trusting() {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("test", load(store).getCertificate("test"));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A trust store with the authorities of this machine's JDK and this certificate, for a JVM to be started with. */
    Path trustStore() {
        try {
            KeyStore trusted = KeyStore.getInstance(
                    It.jdk().resolve("lib/security/cacerts").toFile(), STORE_PASSWORD.toCharArray());
            trusted.setCertificateEntry("test", load(store).getCertificate("test"));
            Path file = store.resolveSibling("trusted.store");
            try (OutputStream to = Files.newOutputStream(file)) {
                trusted.store(to, STORE_PASSWORD.toCharArray());
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A context for a server that shows this certificate. */
    SSLContext serving() {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(load(store), STORE_PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            keys.load(bytes, STORE_PASSWORD.toCharArray());
        }
        return keys;
    }

    private static Key key(KeyStore keys) throws GeneralSecurityException {
        return keys.getKey("test", STORE_PASSWORD.toCharArray());
    }

    private static Path pem(Path file, String type, byte[] bytes) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                file,
                "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n",
                StandardCharsets.US_ASCII);
    }
}
