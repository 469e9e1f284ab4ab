package io.sluice.stream.transport;

import java.time.Duration;

/** How long a blocking call may take: until a fixed point in time, or each for itself. */
interface Patience {
    /** Without limit. */
    long ENDLESS = Long.MAX_VALUE;

    /** What is left for a write that begins now; {@link #ENDLESS} for ever. */
    long nanosLeft();

    /** For writes without limit. */
    Patience WITHOUT_LIMIT = () -> ENDLESS;

    /** The same for each write; zero means without limit. */
    static Patience forEach(Duration limit) {
        if (limit.isZero()) {
            return WITHOUT_LIMIT;
        }
        long nanos = Deadline.nanos(limit);
        return () -> nanos;
    }
}
