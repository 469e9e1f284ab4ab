package io.sluice.internal.material;

import io.sluice.internal.settings.ExpirationPolicy;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * Checks that certificates are in date when they are read. Unless the policy says otherwise this is only a warning, because a restart must
 * not fail at midnight.
 */
record ValidityCheck(ExpirationPolicy policy, Setting setting, Problems problems) {

    void check(List<X509Certificate> certificates) {
        Instant now = Instant.now();
        for (X509Certificate certificate : certificates) {
            Instant from = certificate.getNotBefore().toInstant();
            Instant until = certificate.getNotAfter().toInstant();
            if (now.isAfter(until)) {
                report(Problem.of(
                        setting,
                        "the certificate " + KeyChecks.name(certificate) + " expired at " + until,
                        "Renew the certificate"));
            } else if (now.isBefore(from)) {
                problems.warn(
                        setting,
                        "the certificate " + KeyChecks.name(certificate) + " is not valid before " + from,
                        "Check the certificate and this machine's clock");
            }
        }
    }

    private void report(Problem expired) {
        switch (policy) {
            case IGNORE -> {}
            case WARN -> problems.warn(expired);
            case REJECT -> problems.error(expired);
        }
    }
}
