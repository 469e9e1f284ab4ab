package io.sluice.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open connections of a server, and the permits for further ones. While the server looks for an authority's client, connections arrive
 * without a permit: they are admitted, or wait for a permit in their order, when their first message has been read. Thread-safe.
 */
final class Connections {

    /** What becomes of a connection. */
    enum Admission {
        /** It has a permit and is open. */
        ADMITTED,
        /** It has no permit until its first message has been read. */
        ARRIVING,
        /** It gets a permit when one is released. */
        WAITING,
        /** There is no permit, or the server accepts no more. */
        REFUSED,
        /** It was refused already when the server was closed. */
        GONE
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private final Set<ServerConnection> open = ConcurrentHashMap.newKeySet();
    private final boolean waits;
    private final int room;

    @GuardedBy("lock")
    private int permits;

    /** The thread that accepts holds a permit for the next connection. Nobody waits then. */
    @GuardedBy("lock")
    private boolean reserved;

    @GuardedBy("lock")
    private final Set<ServerConnection> arriving = new HashSet<>();

    @GuardedBy("lock")
    private final Deque<ServerConnection> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean closed;

    /**
     * Has all permits.
     *
     * @param limit the number of permits
     * @param whenFull whether connections without a permit wait
     * @param room the number of connections that may arrive or wait without a permit
     */
    Connections(int limit, WhenFull whenFull, int room) {
        this.permits = limit;
        this.waits = whenFull == WhenFull.WAIT;
        this.room = room;
    }

    /** Waits until a connection may be accepted: for a permit, or until connections may arrive without one. */
    void reserve(BooleanSupplier arrivals) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waits && !closed && permits == 0 && !(arrivals.getAsBoolean() && hasRoom())) {
                changed.await();
            }
            if (waits && permits > 0) {
                permits--;
                reserved = true;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns a permit that was reserved and not used. */
    void cancelReservation() {
        lock.lock();
        try {
            cancelReserved();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void cancelReserved() {
        if (reserved) {
            reserved = false;
            permits++;
            changed.signalAll();
        }
    }

    /** Wakes the thread that accepts, because connections may arrive now. */
    void arrivalsChanged() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private boolean hasRoom() {
        return arriving.size() + waiting.size() < room;
    }

    /** Decides about a connection that was accepted. */
    Admission accepted(ServerConnection connection, boolean arrivals) {
        lock.lock();
        try {
            if (arrivals && !closed && hasRoom()) {
                cancelReserved();
                arriving.add(connection);
                return Admission.ARRIVING;
            }
            return admit(connection);
        } finally {
            lock.unlock();
        }
    }

    /** Decides about a connection that has arrived, and is not an authority's. */
    Admission arrived(ServerConnection connection) {
        lock.lock();
        try {
            boolean taken = !arriving.remove(connection);
            changed.signalAll();
            return taken ? Admission.GONE : admit(connection);
        } finally {
            lock.unlock();
        }
    }

    /** The connection ended before it was open. */
    void left(ServerConnection connection) {
        lock.lock();
        try {
            arriving.remove(connection);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private Admission admit(ServerConnection connection) {
        if (closed) {
            return Admission.REFUSED;
        }
        if (reserved) {
            reserved = false;
        } else if (permits > 0) {
            permits--;
        } else if (waits) {
            waiting.add(connection);
            return Admission.WAITING;
        } else {
            return Admission.REFUSED;
        }
        open.add(connection);
        return Admission.ADMITTED;
    }

    /** Ends a connection. Returns the one that gets its permit, and is open now; or null. */
    @Nullable
    ServerConnection remove(ServerConnection connection) {
        lock.lock();
        try {
            open.remove(connection);
            ServerConnection next = waiting.poll();
            if (next == null) {
                permits++;
            } else {
                open.add(next);
            }
            changed.signalAll();
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Accepts no more connections. Returns those that are not open yet. */
    List<ServerConnection> close() {
        lock.lock();
        try {
            closed = true;
            List<ServerConnection> rest = new ArrayList<>(arriving);
            arriving.clear();
            rest.addAll(waiting);
            waiting.clear();
            changed.signalAll();
            return rest;
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

    /** The connections that were accepted and are not open yet. */
    int waitingCount() {
        lock.lock();
        try {
            return waiting.size() + arriving.size();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until no connection is open, and returns whether that is so. */
    boolean awaitEmpty(Duration limit) {
        long remaining = TimeUnit.NANOSECONDS.convert(limit);
        lock.lock();
        try {
            while (!open.isEmpty() && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
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
