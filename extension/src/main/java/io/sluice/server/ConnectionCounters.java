package io.sluice.server;

import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the connections of one server. Thread-safe. */
final class ConnectionCounters {

    private final LongAdder accepted = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder probes = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Map<Kind, LongAdder> conditions = new EnumMap<>(Kind.class);

    ConnectionCounters() {
        for (Kind kind : Kind.values()) {
            conditions.put(kind, new LongAdder());
        }
    }

    void accepted() {
        accepted.increment();
    }

    void refused() {
        refused.increment();
    }

    void probe() {
        probes.increment();
    }

    void failed(Throwable cause) {
        LongAdder counter =
                cause instanceof SocketStreamException condition ? conditions.get(condition.kind()) : errors;
        (counter == null ? errors : counter).increment();
    }

    ServerCounts counts(int active) {
        Map<Kind, Long> occurred = new EnumMap<>(Kind.class);
        conditions.forEach((kind, counter) -> {
            long count = counter.sum();
            if (count > 0) {
                occurred.put(kind, count);
            }
        });
        return new ServerCounts(accepted.sum(), active, refused.sum(), probes.sum(), occurred, errors.sum());
    }
}
