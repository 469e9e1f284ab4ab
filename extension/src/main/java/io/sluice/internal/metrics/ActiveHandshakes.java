package io.sluice.internal.metrics;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The handshakes in progress. A listener that falls behind misses events, so a handshake whose end is not heard is forgotten after five
 * minutes, and earlier if there are very many. Thread-safe.
 */
final class ActiveHandshakes {

    static final int CAPACITY = 65_536;

    static final Duration LIMIT = Duration.ofMinutes(5);

    private record Begun(Labels labels, long since) {}

    private final ReentrantLock lock = new ReentrantLock();

    /** By the number of the connection, the oldest first. */
    @GuardedBy("lock")
    private final Map<Long, Begun> begun = new LinkedHashMap<>();

    /** How many there are of each. Once known, it stays, so that it returns to zero. */
    @GuardedBy("lock")
    private final Map<Labels, Integer> counts = new HashMap<>();

    void begin(long connection, Labels labels, long now) {
        lock.lock();
        try {
            removeCounted(connection);
            if (begun.size() == CAPACITY) {
                removeCounted(begun.keySet().iterator().next());
            }
            begun.put(connection, new Begun(labels, now));
            counts.merge(labels, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /** Does nothing if no handshake of the connection is in progress. */
    void end(long connection) {
        lock.lock();
        try {
            removeCounted(connection);
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void removeCounted(long connection) {
        Begun known = begun.remove(connection);
        if (known != null) {
            counts.merge(known.labels(), -1, Integer::sum);
        }
    }

    Map<Labels, Integer> counts(long now) {
        lock.lock();
        try {
            Iterator<Begun> oldest = begun.values().iterator();
            while (oldest.hasNext()) {
                Begun next = oldest.next();
                if (now - next.since() < LIMIT.toNanos()) {
                    break;
                }
                oldest.remove();
                counts.merge(next.labels(), -1, Integer::sum);
            }
            return Map.copyOf(counts);
        } finally {
            lock.unlock();
        }
    }
}
