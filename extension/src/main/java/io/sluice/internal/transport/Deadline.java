package io.sluice.internal.transport;

import java.time.Duration;
import java.util.Optional;

/** A point in time at which waiting ends. Immutable. Thread-safe. */
public final class Deadline implements Timeout {
    /** No deadline. */
    public static final Deadline NEVER = new Deadline(0, false, Duration.ZERO);

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final long at;
    private final boolean bounded;
    private final Duration limit;

    private Deadline(long at, boolean bounded, Duration limit) {
        this.at = at;
        this.bounded = bounded;
        this.limit = limit;
    }

    /**
     * Creates a deadline after a given time.
     *
     * @param wait the time from now; zero means never
     * @return the deadline
     */
    public static Deadline after(Duration wait) {
        return wait.isZero() ? NEVER : new Deadline(System.nanoTime() + nanos(wait), true, wait);
    }

    /** The same, of which some time has already been spent. */
    static Deadline after(Duration wait, Duration spent) {
        return wait.isZero() ? NEVER : new Deadline(System.nanoTime() + nanos(wait) - nanos(spent), true, wait);
    }

    static Deadline in(long nanos) {
        return new Deadline(System.nanoTime() + nanos, true, Duration.ofNanos(nanos));
    }

    /**
     * Returns the time from which the deadline was created.
     *
     * @return the time; zero for {@link #NEVER}
     */
    public Duration limit() {
        return limit;
    }

    Deadline min(Deadline other) {
        if (!bounded) {
            return other;
        }
        return !other.bounded || at - other.at <= 0 ? this : other;
    }

    /**
     * Returns whether the deadline has passed.
     *
     * @return always false for {@link #NEVER}
     */
    public boolean passed() {
        return bounded && at - System.nanoTime() <= 0;
    }

    /**
     * Returns the time that remains.
     *
     * @return the time, zero if the deadline has passed; empty for {@link #NEVER}
     */
    public Optional<Duration> remaining() {
        return bounded ? Optional.of(Duration.ofNanos(nanosLeft())) : Optional.empty();
    }

    @Override
    public long nanosLeft() {
        return bounded ? Math.max(0, at - System.nanoTime()) : INFINITE;
    }

    /** Returns the remaining time as an SO_TIMEOUT: at least 1, because 0 means no limit; 0 for {@link #NEVER}. */
    int soTimeout() {
        return bounded ? soTimeout(nanosLeft()) : 0;
    }

    static int soTimeout(Duration wait) {
        return wait.isZero() ? 0 : soTimeout(nanos(wait));
    }

    private static int soTimeout(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (nanos + 999_999) / 1_000_000));
    }

    /** Converts to nanoseconds, to at most 146 years, so that adding the current time does not overflow. A negative duration gives -1. */
    public static long nanos(Duration wait) {
        if (wait.isNegative()) {
            return -1;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : wait.toNanos();
    }
}
