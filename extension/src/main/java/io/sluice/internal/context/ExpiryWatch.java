package io.sluice.internal.context;

import io.sluice.context.CertificateExpiring;
import io.sluice.context.CertificateExpiring.Use;
import io.sluice.internal.context.ContextEvents.Expiring;
import io.sluice.internal.material.KeyEntry;
import io.sluice.internal.material.Material;
import io.sluice.internal.material.Sourced;
import io.sluice.internal.settings.ExpiryWarning;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reports what of one context will soon cease to be valid, or has done so: once for each configured warning, and once at the end. Used by one
 * thread at a time.
 */
final class ExpiryWatch {

    private static final Logger LOG = System.getLogger(ExpiryWatch.class.getName());

    /** A check at the very moment would find nothing. */
    private static final Duration AFTERWARDS = Duration.ofMillis(50);

    private final ReloadableContext context;

    /** How many warnings of each item have been reported. */
    private Map<Item, Integer> reported = new HashMap<>();

    ExpiryWatch(ReloadableContext context) {
        this.context = context;
    }

    /** Something with a validity. The object distinguishes a renewed certificate from its predecessor. */
    record Item(
            Use use, String subject, Instant begin, Instant end, String source, Optional<X509Certificate> certificate) {

        static Item of(Use use, X509Certificate certificate, String source) {
            return new Item(
                    use,
                    certificate.getSubjectX500Principal().getName(),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    source,
                    Optional.of(certificate));
        }

        static Item of(Sourced<X509CRL> list) {
            return new Item(
                    Use.REVOCATION_LIST,
                    list.object().getIssuerX500Principal().getName(),
                    list.object().getThisUpdate().toInstant(),
                    list.object().getNextUpdate().toInstant(),
                    list.source(),
                    Optional.empty());
        }

        String words() {
            return switch (use) {
                case KEY -> "the certificate '" + subject + "' of a key";
                case TRUST -> "the trusted certificate '" + subject + "'";
                case REVOCATION_LIST -> "the revocation list of '" + subject + "'";
            };
        }
    }

    /** Whether there is anything that can expire. */
    static boolean applies(Generation generation) {
        return !generation.snapshot().rotation().expiryWarnings().isEmpty()
                && !generation.validities().isEmpty();
    }

    /** The time until the next warning or end of validity; empty if there is none. */
    static Optional<Duration> next(Generation generation) {
        Instant now = Instant.now();
        List<ExpiryWarning> warnings = generation.snapshot().rotation().expiryWarnings();
        if (warnings.isEmpty()) {
            return Optional.empty();
        }
        return generation.validities().stream()
                .flatMap(item -> Stream.concat(
                        Stream.of(item.end()),
                        warnings.stream().map(warning -> warning.from(item.begin(), item.end()))))
                .filter(time -> !time.isBefore(now))
                .min(Comparator.naturalOrder())
                .map(time -> Duration.between(now, time).plus(AFTERWARDS));
    }

    /** Whether a key's own certificate has expired. */
    static boolean hasExpiredKey(Generation generation) {
        Instant now = Instant.now();
        return generation.snapshot().material().map(Material::entries).orElse(List.of()).stream()
                .anyMatch(key -> now.isAfter(key.certificate().getNotAfter().toInstant()));
    }

    /** What of some material can expire. */
    static List<Item> items(Material material) {
        List<Item> items = new ArrayList<>();
        for (KeyEntry key : material.entries()) {
            key.chain().forEach(certificate -> items.add(Item.of(Use.KEY, certificate, key.source())));
        }
        material.trust()
                .configured()
                .forEach(anchor -> items.add(Item.of(Use.TRUST, anchor.object(), anchor.source())));
        material.trust().lists().stream()
                .filter(list -> list.object().getNextUpdate() != null)
                .forEach(list -> items.add(Item.of(list)));
        return List.copyOf(items);
    }

    void check(Generation generation) {
        Instant now = Instant.now();
        List<ExpiryWarning> warnings = generation.snapshot().rotation().expiryWarnings();
        Map<Item, Integer> known = new HashMap<>();
        generation.validities().forEach(item -> {
            int passed = (int) warnings.stream()
                            .filter(warning -> !now.isBefore(warning.from(item.begin(), item.end())))
                            .count()
                    + (now.isAfter(item.end()) ? 1 : 0);
            int before = reported.getOrDefault(item, 0);
            known.put(item, Math.max(passed, before));
            if (!warnings.isEmpty() && passed > before) {
                report(item, now, generation);
            }
        });
        reported = known;
    }

    private void report(Item item, Instant now, Generation generation) {
        boolean loggedByLoad = generation.loadedAt().isAfter(item.end());
        if (!loggedByLoad) {
            LOG.log(
                    Level.WARNING,
                    context + ": " + item.words() + " from " + item.source()
                            + (now.isAfter(item.end())
                                    ? " expired at " + item.end() + " and stays in use"
                                    : " expires at " + item.end() + ", in " + words(Duration.between(now, item.end())))
                            + ". Renew it");
        }
        context.loader()
                .observer()
                .fire(
                        context.name(),
                        CertificateExpiring.class,
                        new Expiring(
                                context.name(),
                                item.use(),
                                item.subject(),
                                item.end(),
                                item.source(),
                                item.certificate()));
    }

    private static String words(Duration left) {
        if (left.toDays() > 1) {
            return left.toDays() + " days";
        }
        if (left.toHours() > 1) {
            return left.toHours() + " hours";
        }
        return left.toMinutes() > 1 ? left.toMinutes() + " minutes" : left.toSeconds() + " seconds";
    }
}
