package io.sluice.internal.transport;

import java.time.Duration;

/** The time limit of a blocking call: one deadline for several calls, or the same duration for each call. */
interface Timeout {
    /** Without limit. */
    long INFINITE = Long.MAX_VALUE;

    /** Returns the time for a call that begins now, or {@link #INFINITE}. */
    long nanosLeft();

    /** No limit. */
    Timeout NONE = () -> INFINITE;

    /** Returns the same limit for each call. Zero means no limit. */
    static Timeout forEach(Duration limit) {
        if (limit.isZero()) {
            return NONE;
        }
        long nanos = Deadline.nanos(limit);
        return () -> nanos;
    }
}
