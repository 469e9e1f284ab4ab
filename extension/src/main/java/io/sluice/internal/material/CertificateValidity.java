package io.sluice.internal.material;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/** Warns of certificates that are out of date. They stop nothing: a restart must not fail at midnight. */
final class CertificateValidity {

    private CertificateValidity() {}

    static void check(List<X509Certificate> certificates, Setting setting, Problems problems) {
        Instant now = Instant.now();
        for (X509Certificate certificate : certificates) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                problems.warn(
                        setting,
                        "the certificate " + KeyChecks.name(certificate) + " expired at " + until,
                        "Renew the certificate");
            } else if (now.isBefore(from)) {
                problems.warn(
                        setting,
                        "the certificate " + KeyChecks.name(certificate) + " is not valid before " + from,
                        "Check the certificate and this machine's clock");
            }
        }
    }
}
