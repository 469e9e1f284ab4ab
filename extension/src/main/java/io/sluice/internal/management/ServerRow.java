package io.sluice.internal.management;

import io.sluice.management.ConnectionInfo;
import io.sluice.management.ServerInfo;
import io.sluice.server.ConnectionDescription;
import io.sluice.server.ServerCounts;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerSettings;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A server in the report. The names of the components are the accessors that JMX requires. */
record ServerRow(
        String getName,
        boolean isEndpoint,
        String getState,
        String getAddress,
        @Nullable String getContext,
        String getThreads,
        int getMaxConnections,
        String getWhenFull,
        long getDrainTimeoutMillis,
        CountsInfo getCounts,
        List<ConnectionInfo> getConnections,
        int getOmittedConnections)
        implements ServerInfo {

    /** A report of many thousands of connections would be too long for whoever reads it. */
    static final int MOST_CONNECTIONS = 1_000;

    private record CountsRow(
            long getAccepted,
            int getActive,
            int getWaiting,
            long getProbes,
            long getErrors,
            SortedMap<String, Long> getRefused,
            SortedMap<String, Long> getFailed,
            SortedMap<Long, Integer> getGenerations)
            implements CountsInfo {

        static CountsRow of(ServerCounts counts) {
            return new CountsRow(
                    counts.accepted(),
                    counts.active(),
                    counts.waiting(),
                    counts.probes(),
                    counts.errors(),
                    byName(counts.refusals()),
                    byName(counts.conditions()),
                    new TreeMap<>(counts.generations()));
        }

        private static <E extends Enum<E>> SortedMap<String, Long> byName(Map<E, Long> numbers) {
            SortedMap<String, Long> named = new TreeMap<>();
            numbers.forEach((constant, number) -> named.put(constant.name(), number));
            return named;
        }
    }

    static ServerRow of(ServerDescription server) {
        ServerSettings settings = server.settings();
        List<ConnectionDescription> open = server.connections();
        return new ServerRow(
                server.name(),
                server.isEndpoint(),
                server.state().name(),
                text(server.address()),
                server.context().orElse(null),
                settings.threads().name(),
                settings.maxConnections(),
                settings.whenFull().name(),
                settings.drainTimeout().toMillis(),
                CountsRow.of(server.counts()),
                open.stream()
                        .sorted(Comparator.comparing(ConnectionDescription::since))
                        .limit(MOST_CONNECTIONS)
                        .<ConnectionInfo>map(ConnectionRow::of)
                        .toList(),
                Math.max(0, open.size() - MOST_CONNECTIONS));
    }

    /** The address without the name that may stand before its slash. */
    static String text(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
