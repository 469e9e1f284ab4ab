package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what was made for streams, and what was ended. */
final class Ledger {

    static final AtomicInteger PARTS_MADE = new AtomicInteger();
    static final AtomicInteger PARTS_DESTROYED = new AtomicInteger();
    static final AtomicInteger STREAMS_CONSTRUCTED = new AtomicInteger();
    static final AtomicInteger STREAMS_DESTROYED = new AtomicInteger();

    private Ledger() {}

    static void clear() {
        PARTS_MADE.set(0);
        PARTS_DESTROYED.set(0);
        STREAMS_CONSTRUCTED.set(0);
        STREAMS_DESTROYED.set(0);
    }

    /** Whatever was made was ended exactly once, and nothing else. */
    static void assertBalanced() {
        assertThat(PARTS_DESTROYED).as("dependents destroyed").hasValue(PARTS_MADE.get());
        assertThat(STREAMS_DESTROYED).as("streams destroyed").hasValue(STREAMS_CONSTRUCTED.get());
    }
}
