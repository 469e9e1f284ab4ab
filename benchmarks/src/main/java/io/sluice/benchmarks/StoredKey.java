package io.sluice.benchmarks;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The key that all servers of a comparison share: ECDSA on P-256, in a PKCS12 store. */
final class StoredKey {

    private static final String PASSWORD = "changeit";

    private StoredKey() {}

    static Path write(Path directory) throws IOException, GeneralSecurityException {
        Path store = directory.resolve("server.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            TestCertificate.ec("localhost").keyStore().store(out, PASSWORD.toCharArray());
        }
        return store;
    }

    /** As an application writes it by hand. */
    static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers(store).getKeyManagers(), null, null);
        return context;
    }

    static KeyManagerFactory keyManagers(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        return managers;
    }

    /** As it is configured for the context {@code web}. */
    static Map<String, String> properties(Path store) {
        return Map.of(
                "sluice.ssl.web.key-store.p12.path",
                store.toString(),
                "sluice.ssl.web.key-store.p12.password",
                PASSWORD);
    }
}
