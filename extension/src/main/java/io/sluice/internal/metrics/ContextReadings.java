package io.sluice.internal.metrics;

import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.context.SslContexts;
import io.sluice.internal.metrics.Readings.Sums;
import io.sluice.internal.settings.ContextName;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the contexts. The certificates of a generation never change, so they are read once. Used by one thread at a time. */
final class ContextReadings {

    private final SslContexts contexts;
    private final Clock clock;
    private final Map<String, Validity> validities = new HashMap<>();

    /** Until when the certificates of a generation are valid. */
    private record Validity(long generation, Optional<Instant> keys, Optional<Instant> trust) {

        static Validity of(ContextDescription context) {
            return new Validity(
                    context.generation(),
                    earliest(context.keys().stream().flatMap(key -> key.chain().stream())),
                    earliest(context.trustAnchors().stream()));
        }

        private static Optional<Instant> earliest(Stream<CertificateDescription> certificates) {
            return certificates.map(CertificateDescription::notAfter).min(Comparator.naturalOrder());
        }
    }

    ContextReadings(SslContexts contexts, Clock clock) {
        this.contexts = contexts;
        this.clock = clock;
    }

    void read(Sums sums) {
        Instant now = clock.instant();
        names(contexts).forEach(name -> read(contexts.describe(name), now, sums));
    }

    /** The names of all contexts with TLS. */
    static Stream<String> names(SslContexts contexts) {
        return contexts.names().stream().filter(name -> !ContextName.NONE.is(name));
    }

    private void read(ContextDescription context, Instant now, Sums sums) {
        Labels name = Labels.of(context.name());
        sums.add(Metric.CONTEXT_GENERATION, name, (double) context.generation());
        sums.add(Metric.CONTEXT_PROBLEMS, name, context.problems().size());
        int current = context.connections().getOrDefault(context.generation(), 0);
        int all = context.connections().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
        sums.add(Metric.CONTEXT_CONNECTIONS, Labels.of(context.name(), "current"), current);
        sums.add(Metric.CONTEXT_CONNECTIONS, Labels.of(context.name(), "old"), all - current);
        Validity validity = validity(context);
        validity.keys().ifPresent(end -> read(Labels.of(context.name(), "key"), end, now, sums));
        validity.trust().ifPresent(end -> read(Labels.of(context.name(), "trust"), end, now, sums));
    }

    private Validity validity(ContextDescription context) {
        @Nullable Validity known = validities.get(context.name());
        if (known == null || known.generation() != context.generation()) {
            known = Validity.of(context);
            validities.put(context.name(), known);
        }
        return known;
    }

    private static void read(Labels labels, Instant end, Instant now, Sums sums) {
        sums.add(Metric.CERTIFICATE_NOT_AFTER, labels, (double) end.getEpochSecond());
        sums.add(
                Metric.CERTIFICATE_TIME_LEFT, labels, Duration.between(now, end).toSeconds() / 86_400.0);
    }
}
