package io.sluice.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the creations and the ends of streams and their dependent objects. */
public final class Lifecycle {

    public static final AtomicInteger PARTS_MADE = new AtomicInteger();
    public static final AtomicInteger PARTS_DESTROYED = new AtomicInteger();
    public static final AtomicInteger STREAMS_CONSTRUCTED = new AtomicInteger();
    public static final AtomicInteger STREAMS_DESTROYED = new AtomicInteger();

    private Lifecycle() {}

    public static void clear() {
        PARTS_MADE.set(0);
        PARTS_DESTROYED.set(0);
        STREAMS_CONSTRUCTED.set(0);
        STREAMS_DESTROYED.set(0);
    }

    /** Asserts that everything that was created has ended exactly once. */
    public static void assertBalanced() {
        assertThat(PARTS_DESTROYED).as("dependents destroyed").hasValue(PARTS_MADE.get());
        assertThat(STREAMS_DESTROYED).as("streams destroyed").hasValue(STREAMS_CONSTRUCTED.get());
    }
}
