package io.sluice.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The open connections of a server, and the permits for further ones. Thread-safe. */
final class Connections {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition removed = lock.newCondition();

    private final Set<ServerConnection> open = ConcurrentHashMap.newKeySet();
    private final Semaphore permits;

    @GuardedBy("lock")
    private boolean closed;

    Connections(int limit) {
        this.permits = new Semaphore(limit);
    }

    void acquirePermit() throws InterruptedException {
        permits.acquire();
    }

    boolean tryAcquirePermit() {
        return permits.tryAcquire();
    }

    void releasePermit() {
        permits.release();
    }

    /** Returns false after {@link #close}: what was accepted at that moment is not served. */
    boolean add(ServerConnection connection) {
        lock.lock();
        try {
            return !closed && open.add(connection);
        } finally {
            lock.unlock();
        }
    }

    void remove(ServerConnection connection) {
        lock.lock();
        try {
            open.remove(connection);
            removed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more connections. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    List<ServerConnection> snapshot() {
        return List.copyOf(open);
    }

    int count() {
        return open.size();
    }

    /** Waits until no connection is open, and returns whether that is so. */
    boolean awaitEmpty(Duration limit) {
        long remaining = TimeUnit.NANOSECONDS.convert(limit);
        lock.lock();
        try {
            while (!open.isEmpty() && remaining > 0) {
                remaining = removed.awaitNanos(remaining);
            }
            return open.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
