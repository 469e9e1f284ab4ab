package io.sluice.internal.metrics;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.SslContexts;
import io.sluice.server.ServerDescription;
import io.sluice.server.SocketServers;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the metrics that are not recorded as things happen: from the servers, the contexts and the handshakes in progress. A reading serves
 * everybody who asks within a second, because libraries of metrics ask for each value on its own. Thread-safe.
 */
public final class Readings {

    private static final long FRESH = Duration.ofSeconds(1).toNanos();

    private final SocketServers servers;
    private final ContextReadings contexts;
    private final ActiveHandshakes handshakes = new ActiveHandshakes();
    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Reading last;

    /** Values at one time. */
    private record Reading(Map<Metric, Map<Labels, Double>> values, long time) {

        boolean isFresh(long now) {
            return now - time < FRESH;
        }
    }

    Readings(SocketServers servers, SslContexts contexts, Clock clock) {
        this.servers = servers;
        this.contexts = new ContextReadings(contexts, clock);
    }

    ActiveHandshakes handshakes() {
        return handshakes;
    }

    /**
     * The values, at most a second old.
     *
     * @return for each metric that is not {@linkplain Metric#isRecorded recorded} the values by their labels; unmodifiable
     */
    public Map<Metric, Map<Labels, Double>> current() {
        Reading known = last;
        return known != null && known.isFresh(System.nanoTime()) ? known.values() : next();
    }

    private Map<Metric, Map<Labels, Double>> next() {
        lock.lock();
        try {
            Reading known = last;
            if (known == null || !known.isFresh(System.nanoTime())) {
                known = new Reading(read(), System.nanoTime());
                last = known;
            }
            return known.values();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Reads again, also if the last reading is fresh.
     *
     * @return the values, as {@link #current} gives them
     */
    public Map<Metric, Map<Labels, Double>> again() {
        last = null;
        return next();
    }

    @GuardedBy("lock")
    private Map<Metric, Map<Labels, Double>> read() {
        Sums sums = new Sums();
        for (ServerDescription server : servers.describe()) {
            ServerReadings.read(server, sums);
        }
        contexts.read(sums);
        handshakes
                .counts(System.nanoTime())
                .forEach((labels, count) -> sums.add(Metric.ACTIVE_HANDSHAKES, labels, count));
        return sums.values();
    }

    /** Adds up what has the same labels, such as the connections of two servers with one name. */
    static final class Sums {

        private final Map<Metric, Map<Labels, Double>> values = new EnumMap<>(Metric.class);

        Sums() {
            for (Metric metric : Metric.values()) {
                if (!metric.isRecorded()) {
                    values.put(metric, new HashMap<>());
                }
            }
        }

        void add(Metric metric, Labels labels, double value) {
            Map<Labels, Double> known = values.get(metric);
            if (known == null) {
                throw new IllegalArgumentException(metric + " is recorded, not read");
            }
            known.merge(labels, value, Double::sum);
        }

        Map<Metric, Map<Labels, Double>> values() {
            return values;
        }
    }
}
