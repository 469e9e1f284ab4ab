package io.sluice.internal.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts uses, and runs an action exactly once when it is closed and the last use is released. */
final class UseCount {
    private static final int CLOSED = 1 << 30;
    private static final int RUN = 1 << 29;

    private final AtomicInteger state = new AtomicInteger();
    private final Runnable whenUnused;

    UseCount(Runnable whenUnused) {
        this.whenUnused = whenUnused;
    }

    /** False if it is closed; then there is nothing to release. */
    boolean acquire() {
        if ((state.incrementAndGet() & CLOSED) == 0) {
            return true;
        }
        release();
        return false;
    }

    void release() {
        runAt(state.decrementAndGet());
    }

    void close() {
        runAt(state.updateAndGet(now -> now | CLOSED));
    }

    private void runAt(int now) {
        if (now == CLOSED && state.compareAndSet(CLOSED, CLOSED | RUN)) {
            whenUnused.run();
        }
    }
}
