package io.sluice.internal.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts uses, and runs an action exactly once: when it is closed and the last use is released. Thread-safe. */
final class UseCount {
    private static final int CLOSED = 1 << 30;
    private static final int RUN = 1 << 29;

    private final AtomicInteger state = new AtomicInteger();
    private final Runnable whenUnused;

    UseCount(Runnable whenUnused) {
        this.whenUnused = whenUnused;
    }

    /** Returns false if it is closed; then there is nothing to release. */
    boolean acquire() {
        if ((state.incrementAndGet() & CLOSED) == 0) {
            return true;
        }
        release();
        return false;
    }

    void release() {
        runIfUnused(state.decrementAndGet());
    }

    void close() {
        runIfUnused(state.updateAndGet(now -> now | CLOSED));
    }

    private void runIfUnused(int now) {
        if (now == CLOSED && state.compareAndSet(CLOSED, CLOSED | RUN)) {
            whenUnused.run();
        }
    }
}
