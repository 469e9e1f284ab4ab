package io.sluice.internal.material;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The sides that a certificate's key may authenticate (RFC 5280, 4.2.1.3 and 4.2.1.12). A certificate without the extensions allows both.
 *
 * @param server whether it may authenticate a server
 * @param client whether it may authenticate a client
 */
record KeyUsages(boolean server, boolean client) {

    private static final int DIGITAL_SIGNATURE = 0;
    private static final String ANY = "2.5.29.37.0";
    private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    static KeyUsages of(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        boolean signs = usage == null || usage[DIGITAL_SIGNATURE];
        List<String> purposes = purposes(certificate);
        return new KeyUsages(signs && allow(purposes, SERVER_AUTH), signs && allow(purposes, CLIENT_AUTH));
    }

    /** Judging an unreadable extension is left to the peer. */
    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of(ANY) : purposes;
        } catch (CertificateParsingException e) {
            return List.of(ANY);
        }
    }

    private static boolean allow(List<String> purposes, String purpose) {
        return purposes.contains(purpose) || purposes.contains(ANY);
    }

    boolean covers(KeyUsages other) {
        return (server || !other.server) && (client || !other.client);
    }
}
