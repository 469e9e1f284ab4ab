package io.sluice.server;

import java.util.concurrent.TimeUnit;

/** Waits for threads. */
final class Threads {

    private Threads() {}

    /** Whether it has ended by the deadline, a value of {@link System#nanoTime}. One that was never started has ended. */
    static boolean join(Thread thread, long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.timedJoin(thread, left);
        }
        return !thread.isAlive();
    }
}
