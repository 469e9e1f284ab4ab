package io.sluice.internal.transport;

import java.time.Duration;

/** How long a blocking call may take: until a fixed point in time, or each for itself. */
interface Timeout {
    /** Without limit. */
    long ENDLESS = Long.MAX_VALUE;

    /** What is left for a write that begins now; {@link #ENDLESS} for ever. */
    long nanosLeft();

    /** For writes without limit. */
    Timeout NONE = () -> ENDLESS;

    /** The same for each write; zero means without limit. */
    static Timeout forEach(Duration limit) {
        if (limit.isZero()) {
            return NONE;
        }
        long nanos = Deadline.nanos(limit);
        return () -> nanos;
    }
}
