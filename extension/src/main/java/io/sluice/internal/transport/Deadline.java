package io.sluice.internal.transport;

import java.time.Duration;
import java.util.Optional;

/** A fixed point in time until which something may wait. */
public final class Deadline implements Timeout {
    /** For what has no deadline. */
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
     * Makes one that lies ahead.
     *
     * @param wait how far; zero means never
     * @return the deadline
     */
    public static Deadline after(Duration wait) {
        return wait.isZero() ? NEVER : new Deadline(System.nanoTime() + nanos(wait), true, wait);
    }

    static Deadline in(long nanos) {
        return new Deadline(System.nanoTime() + nanos, true, Duration.ofNanos(nanos));
    }

    /**
     * How long it was away when it was set.
     *
     * @return that time; zero for one that never comes
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
     * Whether it lies behind.
     *
     * @return false for one that never comes
     */
    public boolean passed() {
        return bounded && at - System.nanoTime() <= 0;
    }

    /**
     * How much time there is.
     *
     * @return that time, zero when it has passed; empty for one that never comes
     */
    public Optional<Duration> remaining() {
        return bounded ? Optional.of(Duration.ofNanos(nanosLeft())) : Optional.empty();
    }

    @Override
    public long nanosLeft() {
        return bounded ? Math.max(0, at - System.nanoTime()) : ENDLESS;
    }

    /** What is left as an SO_TIMEOUT: at least 1, because 0 is for ever; 0 for a deadline that never comes. */
    int soTimeout() {
        return bounded ? soTimeout(nanosLeft()) : 0;
    }

    static int soTimeout(Duration wait) {
        return wait.isZero() ? 0 : soTimeout(nanos(wait));
    }

    private static int soTimeout(long nanos) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, (nanos + 999_999) / 1_000_000));
    }

    /** At most 146 years, so that adding the current time does not overflow. Every negative duration gives -1. */
    public static long nanos(Duration wait) {
        if (wait.isNegative()) {
            return -1;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : wait.toNanos();
    }
}
