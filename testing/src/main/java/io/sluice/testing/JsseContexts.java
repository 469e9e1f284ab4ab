package io.sluice.testing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** JSSE contexts of the JDK's default provider. */
final class JsseContexts {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private JsseContexts() {}

    static SSLContext presenting(PrivateKey key, X509Certificate trusted, X509Certificate... chain) {
        try {
            KeyStore store = emptyStore();
            store.setKeyEntry("key", key, PASSWORD, chain);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            return context(keys.getKeyManagers(), trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static SSLContext trusting(X509Certificate trusted) {
        try {
            return context(null, trusted);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyManager @Nullable [] keys, X509Certificate trusted)
            throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        store.setCertificateEntry("trusted", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
