package io.sluice.internal.cli.document;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A certificate, and who uses it for what.
 *
 * @param certificate the certificate
 * @param uses by whom it is used
 */
public record CertificateInUse(CertificateEntry certificate, List<ByContext> uses) {

    /** What a context uses a certificate for. */
    public enum Use {
        /** The certificate of a key. */
        KEY,
        /** An issuer that is sent with the certificate of a key. */
        CHAIN,
        /** Trusted. */
        TRUST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A use.
     *
     * @param context the context
     * @param use what for
     */
    public record ByContext(String context, Use use) {

        @Override
        public String toString() {
            return context + " (" + use + ")";
        }
    }

    static CertificateInUse of(CertificateEntry certificate, String context, Use use) {
        return new CertificateInUse(certificate, List.of(new ByContext(context, use)));
    }

    /** Keys before what they depend on, if they expire together. */
    static List<CertificateInUse> merged(Stream<CertificateInUse> all) {
        Map<String, CertificateInUse> merged = new LinkedHashMap<>();
        all.forEach(used -> merged.merge(used.certificate().identity(), used, CertificateInUse::and));
        return merged.values().stream()
                .sorted(Comparator.comparing(
                        used -> used.certificate().notAfter().orElse(Instant.MAX)))
                .toList();
    }

    private CertificateInUse and(CertificateInUse other) {
        return new CertificateInUse(
                certificate,
                Stream.of(uses, other.uses)
                        .flatMap(Collection::stream)
                        .distinct()
                        .toList());
    }
}
