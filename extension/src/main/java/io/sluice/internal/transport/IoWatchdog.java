package io.sluice.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * The stamp of one connection's blocking call, a write or a read of its handshake: set before it, cleared after it, by whoever holds
 * the connection's write lock.
 */
final class IoWatchdog {
    private static final AtomicLongFieldUpdater<IoWatchdog> STAMP =
            AtomicLongFieldUpdater.newUpdater(IoWatchdog.class, "stamp");
    private static final AtomicIntegerFieldUpdater<IoWatchdog> KNOWN =
            AtomicIntegerFieldUpdater.newUpdater(IoWatchdog.class, "known");

    /** How late a stalled call may be noticed. */
    static final long INTERVAL_NANOS = 50_000_000;

    private static final long NONE = 0;
    /** Deadlines are odd, so neither mark is one. */
    private static final long EXPIRED = 2;

    private final RawSocket raw;
    private volatile long stamp;
    /** 1 while the sweep knows this watch. */
    private volatile int known;

    IoWatchdog(RawSocket raw) {
        this.raw = raw;
    }

    void begin(long nanosLeft) {
        if (STAMP.compareAndSet(this, NONE, (System.nanoTime() + nanosLeft) | 1)) {
            try {
                enlist();
                Sweep.wake();
            } catch (Throwable notWatched) {
                // Without a sweep now, the next one would end the connection for a call that is long over.
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

    /** Whether the connection was ended because a call stalled. */
    boolean expired() {
        return stamp == EXPIRED;
    }

    boolean stamped() {
        return (stamp & 1) != 0;
    }

    void expireAt(long now) {
        long deadline = stamp;
        if ((deadline & 1) != 0 && deadline - now <= 0 && STAMP.compareAndSet(this, deadline, EXPIRED)) {
            close();
        }
    }

    /** The socket's close may be an application's code, and the sweep watches over the sockets of all: it must not wait for it. */
    private void close() {
        if (raw.wire().endsWhenClosed()) {
            raw.close();
            return;
        }
        Thread thread = new Thread(null, this::closeQuietly, "sluice-close-stalled", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    private void closeQuietly() {
        try {
            raw.close();
        } catch (Throwable e) {
            // The connection counts as ended; nobody can receive what its socket threw.
        }
    }

    /** The sweep has dropped this watch; a call that began meanwhile may have missed that. */
    void forgotten() {
        known = 0;
        if (stamped()) {
            enlist();
        }
    }

    private void enlist() {
        if (known == 0 && KNOWN.compareAndSet(this, 0, 1)) {
            Sweep.watch(this);
        }
    }

    /**
     * Ends connections whose write or handshake has been blocked for too long: a blocking socket write has no timeout of its own, and a
     * read's costs system calls, on a virtual thread a timer. One daemon looks at the stamps of all such calls under way. It ends when
     * there has been nothing to watch for a second, and after a minute at the first moment without a call, so that it does not outlive an
     * application whose thread happened to start it by more than it must.
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

        /** Called after a stamp was set: either the sweep under way sees the stamp, or a new sweep begins. */
        static void wake() {
            if (!RUNNING.get() && RUNNING.compareAndSet(false, true)) {
                start();
            }
        }

        private static void start() {
            boolean started = false;
            try {
                Thread thread = new Thread(null, new Sweep(), "sluice-stalled-calls", 0, false);
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
            for (IoWatchdog watched : WATCHED) {
                if (watched.stamped()) {
                    stamped = true;
                    expire(watched, now);
                } else {
                    WATCHED.remove(watched);
                    watched.forgotten();
                }
            }
            return stamped;
        }

        /** The socket may be an application's own class, and this thread watches over the sockets of all. */
        private static void expire(IoWatchdog watched, long now) {
            try {
                watched.expireAt(now);
            } catch (Throwable e) {
                // The connection counts as ended; what its socket threw has nobody to go to.
            }
        }

        private static boolean anyStamped() {
            return WATCHED.stream().anyMatch(IoWatchdog::stamped);
        }
    }
}
