package io.sluice.internal.journal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.stream.SocketStreamException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The failures of one place, the oldest first. New entries are limited to some at once and some a second, because an entry is expensive.
 * Thread-safe.
 */
final class FailurePage {

    /** The entries that may be added at once after a quiet time. */
    private static final int BURST = 20;

    private static final long NANOS_FOR_ONE = TimeUnit.SECONDS.toNanos(1) / 10;

    private final int size;
    private final Duration maxAge;

    @GuardedBy("this")
    private final Map<Repeated, Counted> entries = new LinkedHashMap<>();

    @GuardedBy("this")
    private int allowed = BURST;

    @GuardedBy("this")
    private long refilled;

    /** What makes a failure the same as an earlier one. */
    record Repeated(String peer, Kind kind) {}

    private static final class Counted {
        private final FailureEntry entry;
        private Instant last;
        private long count = 1;

        Counted(FailureEntry entry) {
            this.entry = entry;
            this.last = entry.time();
        }

        FailureEntry shown() {
            return entry.again(last, count);
        }
    }

    FailurePage(int size, Duration maxAge, long nanos) {
        this.size = size;
        this.maxAge = maxAge;
        this.refilled = nanos;
    }

    /** Whether another entry may be added now. */
    synchronized boolean admits(long nanos) {
        refill(nanos);
        return allowed > 0;
    }

    @GuardedBy("this")
    private void refill(long nanos) {
        long more = (nanos - refilled) / NANOS_FOR_ONE;
        if (more > 0) {
            allowed = (int) Math.min(BURST, allowed + more);
            refilled += more * NANOS_FOR_ONE;
        }
    }

    /** Counts a repeated failure, or adds an entry. Returns false if no more may be added now. */
    boolean add(Repeated what, long nanos, Instant now, Supplier<@Nullable FailureEntry> explanation) {
        synchronized (this) {
            if (count(what, now)) {
                return true;
            }
            refill(nanos);
            if (allowed == 0) {
                return false;
            }
            allowed--;
        }
        FailureEntry entry = explanation.get();
        if (entry == null) {
            return false;
        }
        synchronized (this) {
            if (!count(what, now)) {
                entries.put(what, new Counted(entry));
                Iterator<Counted> oldest = entries.values().iterator();
                while (entries.size() > size) {
                    oldest.next();
                    oldest.remove();
                }
            }
            return true;
        }
    }

    @GuardedBy("this")
    private boolean count(Repeated what, Instant now) {
        Counted known = entries.remove(what);
        if (known == null || isOld(known, now)) {
            return false;
        }
        known.count++;
        known.last = now;
        entries.put(what, known); // The last one in the order.
        return true;
    }

    private boolean isOld(Counted known, Instant now) {
        return Duration.between(known.last, now).compareTo(maxAge) > 0;
    }

    /** When the last failure was; the earliest time of all if none is kept. */
    synchronized Instant last() {
        return entries.values().stream()
                .map(known -> known.last)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
    }

    synchronized List<FailureEntry> entries(Instant now) {
        entries.values().removeIf(known -> isOld(known, now));
        List<FailureEntry> shown = new ArrayList<>(entries.size());
        entries.values().forEach(known -> shown.add(known.shown()));
        return shown;
    }
}
