package io.sluice.it.support;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Contexts that an application supplies, which trust one peer. */
public final class SuppliedContexts {

    private static final TestCertificate PEER = TestCertificate.ec("localhost");

    private SuppliedContexts() {}

    public static SSLContext of(TestCertificate certificate) {
        return of(certificate, PEER.keyStore());
    }

    /** A context with an empty trust store. */
    public static SSLContext trustingNobody(TestCertificate certificate) {
        try {
            KeyStore empty = KeyStore.getInstance("PKCS12");
            empty.load(null, null);
            return of(certificate, empty);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext of(TestCertificate certificate, KeyStore trusted) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(certificate.keyStore(), "changeit".toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The peer that they trust. */
    public static Peer peer() {
        return Peer.with(PEER);
    }
}
