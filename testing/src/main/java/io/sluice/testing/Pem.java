package io.sluice.testing;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** PEM text of DER data. */
final class Pem {
    private Pem() {}

    static String of(String label, byte[] der) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
    }

    static String of(X509Certificate certificate) {
        try {
            return of("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
