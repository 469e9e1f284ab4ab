package io.sluice.benchmarks.compare.server;

import io.sluice.benchmarks.compare.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** JSSE's objects for a port, as an application makes them by hand. */
final class JsseContexts {

    private JsseContexts() {}

    static SSLContext of(Door door, Path directory) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keyManagers(door, directory).getKeyManagers(),
                trustManagers(directory).getTrustManagers(),
                null);
        return context;
    }

    static KeyManagerFactory keyManagers(Door door, Path directory) throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(Certificates.load(directory, door.key()), Certificates.PASSWORD.toCharArray());
        return managers;
    }

    static TrustManagerFactory trustManagers(Path directory) throws IOException, GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(Certificates.trust(directory));
        return managers;
    }
}
