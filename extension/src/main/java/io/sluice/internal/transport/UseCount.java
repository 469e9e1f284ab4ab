package io.sluice.internal.transport;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts who is inside, and runs an action exactly once when the door is shut and the last one has left. */
final class UseCount {
    private static final int SHUT = 1 << 30;
    private static final int EMPTIED = 1 << 29;

    private final AtomicInteger state = new AtomicInteger();
    private final Runnable whenEmptied;

    UseCount(Runnable whenEmptied) {
        this.whenEmptied = whenEmptied;
    }

    /** False when the door is shut; then there is nothing to leave. */
    boolean enter() {
        if ((state.incrementAndGet() & SHUT) == 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        emptiedAt(state.decrementAndGet());
    }

    void shut() {
        emptiedAt(state.updateAndGet(now -> now | SHUT));
    }

    private void emptiedAt(int now) {
        if (now == SHUT && state.compareAndSet(SHUT, SHUT | EMPTIED)) {
            whenEmptied.run();
        }
    }
}
