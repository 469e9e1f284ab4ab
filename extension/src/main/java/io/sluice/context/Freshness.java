package io.sluice.context;

/** Whether what was loaded is still what its source would give. Asked at each use, by any thread. */
@FunctionalInterface
interface Freshness {

    /** Of material that changes by a reload alone. */
    Freshness UNTIL_RELOADED = () -> false;

    /** True if it is to be loaded again before it is used. */
    boolean isOver();
}
