package io.sluice.internal.material;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The DNS names of a certificate's subject alternative names (RFC 6125). */
final class CertificateNames {

    private static final int DNS_NAME = 2;

    private CertificateNames() {}

    static boolean match(X509Certificate certificate, String host) {
        return of(certificate).stream().anyMatch(name -> match(name, host.toLowerCase(Locale.ROOT)));
    }

    /** In lower case. */
    static List<String> of(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** A wildcard stands for exactly one label, the leftmost. */
    private static boolean match(String name, String host) {
        int dot = host.indexOf('.');
        return name.equals(host)
                || (name.startsWith("*.") && dot > 0 && host.substring(dot).equals(name.substring(1)));
    }
}
