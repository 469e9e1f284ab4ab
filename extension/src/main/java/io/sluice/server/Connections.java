package io.sluice.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The connections that a server has, and how many more it may have. Thread-safe. */
final class Connections {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition oneLeft = lock.newCondition();

    @GuardedBy("lock")
    private final Set<ServerConnection> present = new HashSet<>();

    private final Semaphore room;

    @GuardedBy("lock")
    private boolean closed;

    Connections(int most) {
        this.room = new Semaphore(most);
    }

    void awaitRoom() throws InterruptedException {
        room.acquire();
    }

    boolean takeRoom() {
        return room.tryAcquire();
    }

    void giveRoom() {
        room.release();
    }

    /** False once the server ends: what was accepted in that moment is not served. */
    boolean add(ServerConnection connection) {
        lock.lock();
        try {
            return !closed && present.add(connection);
        } finally {
            lock.unlock();
        }
    }

    void remove(ServerConnection connection) {
        lock.lock();
        try {
            present.remove(connection);
            oneLeft.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void takeInNoMore() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    List<ServerConnection> present() {
        lock.lock();
        try {
            return List.copyOf(present);
        } finally {
            lock.unlock();
        }
    }

    int count() {
        lock.lock();
        try {
            return present.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is none, and says whether that is so. */
    boolean awaitNone(Duration limit) {
        long left = TimeUnit.NANOSECONDS.convert(limit);
        lock.lock();
        try {
            while (!present.isEmpty() && left > 0) {
                left = oneLeft.awaitNanos(left);
            }
            return present.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
