package io.sluice.context;

import io.sluice.internal.Internal;

/**
 * Whether what was loaded is still what its source would give. Asked at each use, by any thread.
 *
 * @hidden
 */
@FunctionalInterface
@Internal
public interface Staleness {

    /** Of material that changes by a reload alone. */
    Staleness UNTIL_RELOADED = () -> false;

    /**
     * Whether the material must be loaded again before it is used.
     *
     * @return true if the source would give something else by now
     */
    boolean isStale();
}
