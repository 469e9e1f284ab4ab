package io.sluice.internal.trace;

import org.jspecify.annotations.Nullable;

/** Hears of the end of a call. */
@FunctionalInterface
public interface CallTrace {

    /**
     * The call has ended.
     *
     * @param failure what it threw; null if it returned
     */
    void ended(@Nullable Throwable failure);
}
