package io.sluice.internal.transport;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * The stamp of one connection's blocking call, a write or a read of its handshake: set before it, cleared after it, by whoever holds
 * the connection's write lock.
 */
final class IoWatchdog {
    private static final AtomicLongFieldUpdater<IoWatchdog> STAMP =
            AtomicLongFieldUpdater.newUpdater(IoWatchdog.class, "stamp");
    private static final AtomicIntegerFieldUpdater<IoWatchdog> KNOWN =
            AtomicIntegerFieldUpdater.newUpdater(IoWatchdog.class, "known");

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
                StalledCalls.wake();
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
            StalledCalls.watch(this);
        }
    }
}
