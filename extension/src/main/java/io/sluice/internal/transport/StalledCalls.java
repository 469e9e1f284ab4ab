package io.sluice.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends connections whose write or handshake has been blocked for too long: a blocking socket write has no timeout of its own, and a
 * read's costs system calls, on a virtual thread a timer. One daemon looks at the stamps of all such calls under way. It ends when
 * there has been nothing to watch for a second, and after a minute at the first moment without a call, so that it does not outlive an
 * application whose thread happened to start it by more than it must.
 */
final class StalledCalls implements Runnable {
    /** How late a stalled call may be noticed. */
    static final long INTERVAL_NANOS = 50_000_000;

    private static final long IDLE_NANOS = 1_000_000_000;
    private static final long LIFETIME_NANOS = 60_000_000_000L;

    private static final Set<IoWatchdog> WATCHED = ConcurrentHashMap.newKeySet();
    private static final AtomicBoolean RUNNING = new AtomicBoolean();

    private StalledCalls() {}

    static void watch(IoWatchdog watch) {
        WATCHED.add(watch);
    }

    /** Called after a stamp was set: either the sweep under way sees the stamp, or a new sweep begins. */
    static void wake() {
        if (!RUNNING.get() && RUNNING.compareAndSet(false, true)) {
            start();
        }
    }

    private static void start() {
        boolean started = false;
        try {
            Thread thread = new Thread(null, new StalledCalls(), "sluice-stalled-calls", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
            started = true;
        } finally {
            if (!started) {
                RUNNING.set(false);
            }
        }
    }

    @Override
    public void run() {
        do {
            try {
                sweepUntilQuiet();
            } finally {
                RUNNING.set(false);
            }
        } while (anyStamped() && RUNNING.compareAndSet(false, true));
    }

    private static void sweepUntilQuiet() {
        long start = System.nanoTime();
        long busy = start;
        while (true) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            Thread.interrupted();
            long now = System.nanoTime();
            busy = WATCHED.isEmpty() ? busy : now;
            boolean stamped = sweep(now);
            if (!stamped && (now - busy > IDLE_NANOS || now - start > LIFETIME_NANOS)) {
                return;
            }
        }
    }

    @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // The set is concurrent.
    private static boolean sweep(long now) {
        boolean stamped = false;
        for (IoWatchdog watch : WATCHED) {
            if (watch.stamped()) {
                stamped = true;
                expire(watch, now);
            } else {
                WATCHED.remove(watch);
                watch.forgotten();
            }
        }
        return stamped;
    }

    /** The socket may be an application's own class, and this thread watches over the sockets of all. */
    private static void expire(IoWatchdog watch, long now) {
        try {
            watch.expireAt(now);
        } catch (Throwable e) {
            // The connection counts as ended; what its socket threw has nobody to go to.
        }
    }

    private static boolean anyStamped() {
        return WATCHED.stream().anyMatch(IoWatchdog::stamped);
    }
}
