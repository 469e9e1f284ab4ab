package io.sluice.internal.transport;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** When waiting ends: at a point in time, or a certain time after each wait began. Immutable. Thread-safe. */
public final class Deadline {
    /** The time that remains without a limit. */
    static final long INFINITE = Long.MAX_VALUE;

    /** No deadline. */
    public static final Deadline NEVER = new Deadline(Kind.NEVER, 0, Duration.ZERO);

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    private final Kind kind;
    /** In nanoseconds: the point in time, or the time of each wait. */
    private final long nanos;

    private final Duration limit;

    private enum Kind {
        NEVER,
        AT,
        FOR_EACH
    }

    private Deadline(Kind kind, long nanos, Duration limit) {
        this.kind = kind;
        this.nanos = nanos;
        this.limit = limit;
    }

    /**
     * Creates a deadline after a given time.
     *
     * @param wait the time from now; zero means never
     * @return the deadline
     */
    public static Deadline after(Duration wait) {
        return after(wait, Duration.ZERO);
    }

    /** The same, of which some time has already been spent. */
    static Deadline after(Duration wait, Duration spent) {
        return wait.isZero() ? NEVER : new Deadline(Kind.AT, System.nanoTime() + nanos(wait) - nanos(spent), wait);
    }

    /** The same time for each wait, from its beginning; zero means no limit. */
    static Deadline forEach(Duration wait) {
        return wait.isZero() ? NEVER : new Deadline(Kind.FOR_EACH, nanos(wait), wait);
    }

    static Deadline in(long nanos) {
        return new Deadline(Kind.AT, System.nanoTime() + nanos, Duration.ofNanos(nanos));
    }

    /**
     * Returns the time from which the deadline was created.
     *
     * @return the time; zero for {@link #NEVER}
     */
    public Duration limit() {
        return limit;
    }

    /** Returns the earlier one of two points in time. */
    Deadline min(Deadline other) {
        if (kind == Kind.NEVER) {
            return other;
        }
        return other.kind == Kind.NEVER || nanos - other.nanos <= 0 ? this : other;
    }

    /**
     * Returns whether the deadline has passed.
     *
     * @return always false for {@link #NEVER}
     */
    public boolean passed() {
        return kind == Kind.AT && nanos - System.nanoTime() <= 0;
    }

    /**
     * Returns the time that remains.
     *
     * @return the time, zero if the deadline has passed; empty for {@link #NEVER}
     */
    public Optional<Duration> remaining() {
        return kind == Kind.NEVER ? Optional.empty() : Optional.of(Duration.ofNanos(nanosLeft()));
    }

    /** Returns the time for a wait that begins now, or {@link #INFINITE}. */
    long nanosLeft() {
        return switch (kind) {
            case NEVER -> INFINITE;
            case AT -> Math.max(0, nanos - System.nanoTime());
            case FOR_EACH -> nanos;
        };
    }

    /** Waits for a lock. An interrupt ends the wait, as it would end a connection. */
    boolean tryLock(ReentrantLock lock) {
        return tryLock(lock, nanosLeft());
    }

    static boolean tryLock(ReentrantLock lock, long nanos) {
        try {
            return lock.tryLock() || lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns the remaining time as an SO_TIMEOUT: at least 1, because 0 means no limit; 0 for {@link #NEVER}. */
    int soTimeout() {
        return kind == Kind.NEVER ? 0 : soTimeout(nanosLeft());
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
