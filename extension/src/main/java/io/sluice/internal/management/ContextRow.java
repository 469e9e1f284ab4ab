package io.sluice.internal.management;

import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.management.CertificateInfo;
import io.sluice.management.ContextInfo;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A context in the report. The names of the components are the accessors that JMX requires. */
record ContextRow(
        String getName,
        long getGeneration,
        @Nullable String getLoadedAt,
        @Nullable String getNextLook,
        List<KeyInfo> getKeys,
        List<CertificateInfo> getTrust,
        List<String> getSources,
        List<String> getProblems,
        SortedMap<Long, Integer> getConnections)
        implements ContextInfo {

    private record KeyRow(String getName, List<CertificateInfo> getChain) implements KeyInfo {}

    static ContextRow of(ContextDescription context) {
        return new ContextRow(
                context.name(),
                context.generation(),
                context.loadedAt().map(Instant::toString).orElse(null),
                context.nextLook().map(Instant::toString).orElse(null),
                context.keys().stream()
                        .<KeyInfo>map(key -> new KeyRow(key.name(), certificates(key.chain())))
                        .toList(),
                certificates(context.trustAnchors()),
                context.sources(),
                context.problems(),
                new TreeMap<>(context.connections()));
    }

    private static List<CertificateInfo> certificates(List<CertificateDescription> described) {
        return described.stream().<CertificateInfo>map(CertificateRow::of).toList();
    }
}
