package io.sluice.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends a connection whose blocking call (a write, or a read of the handshake) exceeds its deadline. The deadline is stored in a stamp before
 * the call and cleared after it, by the thread that holds the connection's write lock. Thread-safe.
 */
final class IoWatchdog {
    private static final AtomicLongFieldUpdater<IoWatchdog> STAMP =
            AtomicLongFieldUpdater.newUpdater(IoWatchdog.class, "stamp");
    private static final AtomicIntegerFieldUpdater<IoWatchdog> KNOWN =
            AtomicIntegerFieldUpdater.newUpdater(IoWatchdog.class, "known");

    /** The largest delay in detecting a stalled call. */
    static final long INTERVAL_NANOS = 50_000_000;

    private static final long NONE = 0;
    /** Deadlines are odd, so neither constant is a deadline. */
    private static final long EXPIRED = 2;

    private final RawSocket raw;
    private volatile long stamp;
    /** 1 while the sweep knows this watchdog. */
    private volatile int known;

    IoWatchdog(RawSocket raw) {
        this.raw = raw;
    }

    /** Ends the connection at the deadline, unless {@link #end} is called before. */
    void begin(Deadline deadline) {
        long left = deadline.nanosLeft();
        if (left != Deadline.INFINITE && STAMP.compareAndSet(this, NONE, (System.nanoTime() + left) | 1)) {
            try {
                enlist();
                Sweep.wake();
            } catch (Throwable notWatched) {
                // Without a sweep now, a later one would end the connection for a call that has long returned.
                end();
                throw notWatched;
            }
        }
    }

    void end() {
        long now = stamp;
        if (now != EXPIRED) {
            STAMP.compareAndSet(this, now, NONE);
        }
    }

    /** Whether a stalled call ended the connection. */
    boolean expired() {
        return stamp == EXPIRED;
    }

    boolean isStamped() {
        return (stamp & 1) != 0;
    }

    void expireAt(long now) {
        long deadline = stamp;
        if ((deadline & 1) != 0 && deadline - now <= 0 && STAMP.compareAndSet(this, deadline, EXPIRED)) {
            close();
        }
    }

    /** Closing may run an application's code, for which the sweep must not wait, because it serves the sockets of all. */
    private void close() {
        if (raw.endsWhenClosed()) {
            raw.close();
            return;
        }
        DetachedThread.start("sluice-close-stalled", this::closeQuietly);
    }

    private void closeQuietly() {
        try {
            raw.close();
        } catch (Throwable e) {
            // The connection counts as ended. There is no caller for the socket's exception.
        }
    }

    /** Called after the sweep has removed this watchdog. A call that began meanwhile must be added again. */
    void removed() {
        known = 0;
        if (isStamped()) {
            enlist();
        }
    }

    private void enlist() {
        if (known == 0 && KNOWN.compareAndSet(this, 0, 1)) {
            Sweep.watch(this);
        }
    }

    /**
     * Ends connections whose write or handshake is blocked for too long. A blocking socket write has no timeout, and the timeout of a read
     * costs system calls, or a timer on a virtual thread. One daemon thread checks the stamps of all current calls. It ends after a second
     * without calls, and after a minute as soon as there is no call, so that it does not long outlive an application whose thread started it.
     */
    private static final class Sweep implements Runnable {

        private static final long IDLE_NANOS = 1_000_000_000;
        private static final long LIFETIME_NANOS = 60_000_000_000L;

        private static final Set<IoWatchdog> WATCHED = ConcurrentHashMap.newKeySet();
        private static final AtomicBoolean RUNNING = new AtomicBoolean();

        private Sweep() {}

        static void watch(IoWatchdog watched) {
            WATCHED.add(watched);
        }

        /** Called after a stamp was set: either the current sweep sees the stamp, or a new sweep begins. */
        static void wake() {
            if (!RUNNING.get() && RUNNING.compareAndSet(false, true)) {
                start();
            }
        }

        private static void start() {
            boolean started = false;
            try {
                DetachedThread.start("sluice-stalled-calls", new Sweep());
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
            for (IoWatchdog watched : WATCHED) {
                if (watched.isStamped()) {
                    stamped = true;
                    expire(watched, now);
                } else {
                    WATCHED.remove(watched);
                    watched.removed();
                }
            }
            return stamped;
        }

        /** The socket may be of an application's own class, and this thread serves the sockets of all. */
        private static void expire(IoWatchdog watched, long now) {
            try {
                watched.expireAt(now);
            } catch (Throwable e) {
                // The connection counts as ended. There is no caller for the socket's exception.
            }
        }

        private static boolean anyStamped() {
            return WATCHED.stream().anyMatch(IoWatchdog::isStamped);
        }
    }
}
