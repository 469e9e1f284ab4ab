package io.sluice.internal.cli.document;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How far a certificate is from the end of its validity. */
public enum Validity {
    /** It is not valid any more. */
    EXPIRED("expired"),
    /** It is not valid yet. */
    NOT_YET_VALID("not yet valid"),
    /** The last quarter of its validity has begun, as for expiry-warning, and less than 30 days are left. */
    ENDING("renew"),
    /** There is time. */
    VALID("valid"),
    /** The document does not have the end. */
    UNKNOWN("unknown");

    private static final Duration NEAR = Duration.ofDays(30);

    /** Certificates of hours and days are renewed late. */
    private static final int PARTS = 4;

    /** Below these, the next unit tells more. */
    private static final long FEW_DAYS = 2;

    private static final long FEW_HOURS = 2;

    private static final long MANY_DAYS = 730;
    private static final double YEAR = 365.25;

    private final String label;

    Validity(String label) {
        this.label = label;
    }

    /**
     * Judges a certificate.
     *
     * @param certificate the certificate
     * @param now the time of the judgement
     * @return how far it is
     */
    public static Validity of(CertificateEntry certificate, Instant now) {
        Optional<Instant> begin = certificate.notBefore();
        Optional<Instant> end = certificate.notAfter();
        if (end.isEmpty()) {
            return UNKNOWN;
        }
        if (end.get().isBefore(now)) {
            return EXPIRED;
        }
        if (begin.filter(now::isBefore).isPresent()) {
            return NOT_YET_VALID;
        }
        Duration left = Duration.between(now, end.get());
        boolean lastQuarter = begin.map(
                        from -> Duration.between(from, end.get()).dividedBy(PARTS))
                .filter(quarter -> left.compareTo(quarter) >= 0)
                .isEmpty();
        return left.compareTo(NEAR) < 0 && lastQuarter ? ENDING : VALID;
    }

    /**
     * Says how long a certificate is still valid, or since when it is not.
     *
     * @param certificate the certificate
     * @param now the time from which to count
     * @return words such as "12 days left"
     */
    public static String left(CertificateEntry certificate, Instant now) {
        return switch (of(certificate, now)) {
            case UNKNOWN -> "end unknown";
            case EXPIRED -> "expired " + words(Duration.between(end(certificate), now)) + " ago";
            case NOT_YET_VALID ->
                "valid in "
                        + words(Duration.between(now, certificate.notBefore().orElseThrow()));
            default -> words(Duration.between(now, end(certificate))) + " left";
        };
    }

    private static Instant end(CertificateEntry certificate) {
        return certificate.notAfter().orElseThrow();
    }

    private static String words(Duration length) {
        long days = length.toDays();
        if (days >= MANY_DAYS) {
            return String.format(Locale.ROOT, "%.1f years", days / YEAR);
        }
        if (days >= FEW_DAYS) {
            return days + " days";
        }
        return length.toHours() >= FEW_HOURS ? length.toHours() + " h" : length.toMinutes() + " min";
    }

    /** {@return whether somebody has to do something} */
    public boolean needsCare() {
        return this == EXPIRED || this == NOT_YET_VALID || this == ENDING;
    }

    /** {@return a word or two for people} */
    public String label() {
        return label;
    }
}
