package io.sluice.internal.metrics;

import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.internal.metrics.Readings.Sums;
import io.sluice.server.ServerCounts;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerDescription.State;

/** Reads a server. */
final class ServerReadings {

    private ServerReadings() {}

    /** Its counts are cheap. Its list of connections is not, and is left alone. */
    static void read(ServerDescription server, Sums sums) {
        ServerCounts counts = server.counts();
        Labels name = Labels.of(server.name());
        sums.add(Metric.ACTIVE_CONNECTIONS, name, counts.active());
        sums.add(Metric.QUEUED_CONNECTIONS, name, counts.waiting());
        sums.add(Metric.ACCEPTED_CONNECTIONS, name, (double) counts.accepted());
        sums.add(Metric.SERVERS_RUNNING, name, server.state() == State.RUNNING ? 1 : 0);
        for (Limit limit : Limit.values()) {
            long refused = counts.refusals().getOrDefault(limit, 0L);
            sums.add(Metric.REFUSED_CONNECTIONS, Labels.of(server.name(), limit.name()), (double) refused);
        }
    }
}
