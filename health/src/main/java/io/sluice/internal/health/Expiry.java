package io.sluice.internal.health;

import io.sluice.context.CertificateDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * When the first of some certificates expires.
 *
 * @param subject its subject
 * @param notAfter when it ceases to be valid
 */
record Expiry(String subject, Instant notAfter) {

    private static final long SECONDS_OF_A_DAY = Duration.ofDays(1).toSeconds();

    static Optional<Expiry> earliest(Stream<CertificateDescription> certificates) {
        return certificates
                .min(Comparator.comparing(CertificateDescription::notAfter))
                .map(certificate -> new Expiry(certificate.subject(), certificate.notAfter()));
    }

    void describe(HealthCheckResponseBuilder response, String prefix, Instant now) {
        response.withData(prefix + "notAfter", notAfter.toString());
        response.withData(prefix + "daysLeft", daysLeft(now));
        response.withData(prefix + "subject", subject);
    }

    /** Whole days. An expired certificate has a negative number, also on its first day. */
    long daysLeft(Instant now) {
        return Math.floorDiv(Duration.between(now, notAfter).toSeconds(), SECONDS_OF_A_DAY);
    }

    boolean hasPassed(Instant now) {
        return now.isAfter(notAfter);
    }

    String words() {
        return "the certificate '" + subject + "' expired at " + notAfter;
    }
}
